import type { Fiducial, SheetDesign, SheetLocation } from '#contract/sheets.ts';

/** The same design with its pictures in another form, one after the other. */
export async function mapPictures<From, To>(
  design: SheetDesign<From>,
  map: (picture: From) => Promise<To>,
): Promise<SheetDesign<To>> {
  return { ...design, location: await mapLocation(design.location, map) };
}

async function mapLocation<From, To>(
  location: SheetLocation<From>,
  map: (picture: From) => Promise<To>,
): Promise<SheetLocation<To>> {
  if (location.by === 'reference-picture') return { by: location.by, picture: await map(location.picture) };
  if (location.by !== 'fiducials') return location;
  const fiducials: Fiducial<To>[] = [];
  for (const fiducial of location.fiducials)
    fiducials.push(fiducial.kind === 'picture' ? { ...fiducial, picture: await map(fiducial.picture) } : fiducial);
  return { by: location.by, fiducials };
}

import type { Fiducial, SheetDesign, SheetLocation } from '#contract/sheets.ts';

/** The same design with its pictures in another form; a picture that several marks share is converted once. */
export async function convertPictures<From, To>(
  design: SheetDesign<From>,
  convert: (picture: From) => Promise<To>,
): Promise<SheetDesign<To>> {
  const converted = new Map<From, Promise<To>>();
  const once = (picture: From): Promise<To> => {
    const known = converted.get(picture) ?? convert(picture);
    converted.set(picture, known);
    return known;
  };
  return { ...design, location: await convertLocation(design.location, once) };
}

async function convertLocation<From, To>(
  location: SheetLocation<From>,
  convert: (picture: From) => Promise<To>,
): Promise<SheetLocation<To>> {
  switch (location.by) {
    case 'fiducials': {
      const fiducials = location.fiducials.map(async (mark): Promise<Fiducial<To>> =>
        mark.kind === 'picture' ? { ...mark, picture: await convert(mark.picture) } : mark,
      );
      return { by: 'fiducials', fiducials: await Promise.all(fiducials) };
    }
    case 'reference-picture':
      return { by: 'reference-picture', picture: await convert(location.picture) };
    default:
      return location;
  }
}

/**
 * The 4 x 4 cells of the first marks of OpenCV's DICT_4X4_50, row by row from the top left, the highest bit first, 1 white.
 * `aruco-marks.test.ts` sees OpenCV detect each of them.
 */
const cells = [
  0xb532, 0x0f9a, 0x332d, 0x9946, 0x549e, 0x79cd, 0x9e2e, 0xc4f2, 0xfeda, 0xcf56, 0xf991, 0x11a7, 0x0eb7, 0x2a0f,
  0x24b1, 0x263e, 0x4665, 0x6600, 0x6c5e, 0x76af, 0x868b, 0xb02b, 0xccd5, 0xdd82,
];

/** Cells on a side, the black border included. */
const arucoSide = 6;

/** Rows of a mark with its black border; `true` is black. */
export function arucoRows(id: number): readonly (readonly boolean[])[] {
  const bits = cells[id];
  if (bits === undefined) throw new RangeError(`There is no mark ${id}`);
  return Array.from({ length: arucoSide }, (_, row) =>
    Array.from({ length: arucoSide }, (__, column) => {
      const isBorder = row % (arucoSide - 1) === 0 || column % (arucoSide - 1) === 0;
      return isBorder || ((bits >> (15 - (4 * (row - 1) + column - 1))) & 1) === 0;
    }),
  );
}

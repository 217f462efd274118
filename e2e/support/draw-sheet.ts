/** Sheets that other programs and schools made: circles in rows, drawn from numbers such as a template has. */
import type { Page } from '@playwright/test';

/** Bubbles `gap` apart from the centre of the first one; in pixels of an A4 page at 150 dots an inch, 1240x1754. */
export interface DrawnGrid {
  readonly first: readonly [x: number, y: number];
  readonly columnGap: number;
  readonly rowGap: number;
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
  /** Filled bubbles. */
  readonly filled?: readonly { readonly column: number; readonly row: number }[];
}

/** @returns the sheet as a PNG in base64, for `renderPhoto` */
export function drawSheet(studio: Page, grids: readonly DrawnGrid[]): Promise<string> {
  return studio.evaluate((all: readonly DrawnGrid[]) => {
    const canvas = document.createElement('canvas');
    canvas.width = 1240;
    canvas.height = 1754;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no 2d canvas');
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.font = '20px sans-serif';
    context.fillStyle = 'black';
    context.fillText('Name', 110, 120);
    context.fillRect(180, 122, 600, 2);
    context.lineWidth = 2;
    for (const { first, columnGap, rowGap, columns, rows, width, height, filled = [] } of all) {
      const place = (column: number, row: number) => [first[0] + column * columnGap, first[1] + row * rowGap] as const;
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const [x, y] = place(column, row);
          context.beginPath();
          context.ellipse(x, y, width / 2, height / 2, 0, 0, 2 * Math.PI);
          context.stroke();
        }
      }
      context.fillStyle = 'rgb(60 60 65)';
      for (const { column, row } of filled) {
        const [x, y] = place(column, row);
        context.beginPath();
        context.ellipse(x, y, width / 2, height / 2, 0, 0, 2 * Math.PI);
        context.fill();
      }
    }
    return canvas.toDataURL('image/png').replace('data:image/png;base64,', '');
  }, grids);
}

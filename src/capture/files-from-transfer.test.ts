import { describe, expect, it } from 'vitest';
import { bringsFiles, filesFromTransfer } from './files-from-transfer.ts';

/* A transfer as browsers give one, of plain objects: Node has none. */

type Entry = Partial<FileSystemFileEntry> & Partial<FileSystemDirectoryEntry>;

function fileEntry(name: string): Entry {
  return {
    name,
    isFile: true,
    isDirectory: false,
    file: (taken: (file: File) => void) => taken(new File(['photo'], name)),
  };
}

function folder(name: string, children: Entry[], atOnce = 2): Entry {
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader() {
      let at = 0;
      return {
        readEntries(taken: (entries: FileSystemEntry[]) => void) {
          const part = children.slice(at, at + atOnce);
          at += atOnce;
          taken(part as FileSystemEntry[]);
        },
      };
    },
  };
}

function transferOf(items: readonly (Entry | string)[]): DataTransfer {
  let isOpen = true;
  const list = items.map((item) => ({
    kind: typeof item === 'string' ? 'string' : 'file',
    webkitGetAsEntry: () => (isOpen ? item : null),
    getAsFile: () => (isOpen && typeof item !== 'string' ? new File(['photo'], item.name ?? '') : null),
  }));
  // The browser empties it when the event is over.
  queueMicrotask(() => {
    isOpen = false;
  });
  return { items: list } as unknown as DataTransfer;
}

const namesOf = async (items: readonly (Entry | string)[]) =>
  (await filesFromTransfer(transferOf(items))).map(({ name }) => name);

describe('a drop', () => {
  it('gives its files in their order, and no text', async () => {
    expect(await namesOf([fileEntry('b.jpg'), 'dragged text', fileEntry('a.jpg')])).toEqual(['b.jpg', 'a.jpg']);
  });

  it('gives what lies in folders, numbers in their order, hidden files left out', async () => {
    const pages = folder('pages', [fileEntry('page 10.jpg'), fileEntry('.DS_Store'), fileEntry('page 2.jpg')]);
    const school = folder('school', [pages, fileEntry('cover.jpg')]);
    expect(await namesOf([school, fileEntry('last.jpg')])).toEqual([
      'cover.jpg',
      'page 2.jpg',
      'page 10.jpg',
      'last.jpg',
    ]);
  });

  it('reads a large folder to its end', async () => {
    const many = Array.from({ length: 250 }, (_, index) => fileEntry(`${index}.jpg`));
    expect(await namesOf([folder('many', many, 100)])).toHaveLength(250);
  });

  it('does not follow folders for ever', async () => {
    const endless: Entry = { name: 'endless', isFile: false, isDirectory: true };
    Object.assign(endless, { createReader: () => folder('again', [endless, fileEntry('a.jpg')]).createReader?.() });
    expect((await namesOf([endless])).length).toBeLessThan(20);
  });

  it('works in a browser without entries', async () => {
    const items = [{ kind: 'file', getAsFile: () => new File(['photo'], 'pasted.png') }];
    const files = await filesFromTransfer({ items } as unknown as DataTransfer);
    expect(files.map(({ name }) => name)).toEqual(['pasted.png']);
  });
});

it('tells a drag of files from one of text', () => {
  expect(bringsFiles({ types: ['text/plain', 'Files'] })).toBe(true);
  expect(bringsFiles({ types: ['text/plain'] })).toBe(false);
});

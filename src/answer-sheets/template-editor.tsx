import { Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asFailure } from '#contract/failures.ts';
import type { SheetDesign } from '#contract/sheets.ts';
import { engine } from '#src/engine/engine.ts';
import type { ExamRecord } from '#src/store/records.ts';
import { Button } from '#src/ui/controls/button.tsx';
import { Segmented } from '#src/ui/controls/segmented.tsx';
import { changeSheet } from './flow.ts';
import {
  blocksOfDesign,
  checkBlocks,
  designOfBlocks,
  drawBlock,
  questionsOfBlocks,
  type DrawnBlock,
} from './template-blocks.ts';
import { TemplateBlockForm } from './template-block-form.tsx';
import { nameBlock, TemplateStage } from './template-stage.tsx';
import styles from './template-editor.module.css';
import { areBlocksInPlace } from './template-read-back.ts';
import { useReference } from './template-reference.ts';

/** The sheet is read again so long after the last change, so that dragging does not wait for the reader. */
const restMs = 400;

/** Draws the blocks of somebody else's sheet over its picture; what is right is kept at once, and read back live. */
export function TemplateEditor({ record }: { readonly record: ExamRecord & { readonly design: SheetDesign } }) {
  const { t } = useTranslation();
  const { id, design } = record;
  const reference = useReference(id);
  const [blocks, setBlocks] = useState(() => blocksOfDesign(design));
  const [selectedId, setSelectedId] = useState<string>();
  const [isDrawing, setDrawing] = useState(blocks.length === 0);
  const [zoom, setZoom] = useState<'1' | '2' | '3'>('1');
  const problems = useMemo(() => checkBlocks(design.size, blocks), [design.size, blocks]);
  const readBack = useReadBack(reference?.blob, design, problems.length === 0 ? blocks : undefined);
  const selected = blocks.find((block) => block.id === selectedId);

  const change = (next: readonly DrawnBlock[]) => {
    setBlocks(next);
    if (checkBlocks(design.size, next).length > 0) return;
    void changeSheet(id, designOfBlocks(record.exam.title, design.size, next), (exam) => {
      const questions = questionsOfBlocks(next, exam.questions);
      const digits = next.filter(({ holds }) => holds === 'number').reduce((sum, { fields }) => sum + fields, 0);
      return {
        ...exam,
        questions: [...questions],
        versions: [{ letter: 'A', questionOrder: questions.map((question) => question.id), optionOrder: {} }],
        look: {
          ...exam.look,
          studentNumber: { form: digits > 0 ? 'bubbles' : 'none', digits: Math.max(1, Math.min(12, digits)) },
        },
      };
    });
  };
  const changeBlock = (blockId: string, changed: Partial<DrawnBlock>) =>
    change(blocks.map((block) => (block.id === blockId ? { ...block, ...changed } : block)));

  if (reference === undefined) return <output>{t('templates.opening')}</output>;
  if (reference === null) return <p role="alert">{t('templates.pictureGone')}</p>;
  return (
    <div className={styles.editor}>
      <section className={styles.stage} aria-label={t('templates.sheet')}>
        <div className={styles.bar}>
          <Button
            kind={isDrawing ? 'primary' : 'plain'}
            icon={Plus}
            aria-pressed={isDrawing}
            onPress={() => setDrawing(!isDrawing)}
          >
            {t('templates.add')}
          </Button>
          <Segmented
            label={t('templates.zoom')}
            hidesLabel
            value={zoom}
            choices={(['1', '2', '3'] as const).map((value) => ({ value, label: `${value}×` }))}
            onChange={setZoom}
          />
        </div>
        {isDrawing && <p className={styles.hint}>{t('templates.drawHint')}</p>}
        <TemplateStage
          picture={reference.url}
          size={design.size}
          blocks={blocks}
          selectedId={selectedId}
          isDrawing={isDrawing}
          marked={readBack.marked}
          zoom={Number(zoom)}
          onDraw={(corners) => {
            const block = drawBlock(freeId(blocks), corners, blocks);
            change([...blocks, block]);
            setSelectedId(block.id);
            setDrawing(false);
          }}
          onSelect={setSelectedId}
          onMove={changeBlock}
        />
      </section>
      <section className={styles.panel} aria-label={t('templates.blocks')}>
        <output className={styles.readBack}>
          {blocks.length === 0 ? t('templates.none') : t(`templates.readBack.${readBack.state}`)}
        </output>
        {problems.map((problem) => {
          const block = blocks.find((each) => each.id === problem.blockId);
          const name = block === undefined ? '' : nameBlock(t, block);
          const label = problem.kind === 'same-label' ? problem.label.replace(/^q/, '') : '';
          return (
            <p key={`${problem.blockId} ${problem.kind}`} role="alert" className={styles.caution}>
              {t(`templates.problem.${problem.kind}`, { name, label })}
            </p>
          );
        })}
        <ul className={styles.blocks}>
          {blocks.map((block) => (
            <li key={block.id}>
              <Button
                kind={block.id === selectedId ? 'primary' : 'plain'}
                wide
                aria-pressed={block.id === selectedId}
                onPress={() => setSelectedId(block.id)}
              >
                {nameBlock(t, block)}
              </Button>
            </li>
          ))}
        </ul>
        {selected !== undefined && (
          <TemplateBlockForm
            key={selected.id}
            block={selected}
            onChange={(changed) => changeBlock(selected.id, changed)}
            onRemove={() => {
              change(blocks.filter((block) => block.id !== selected.id));
              setSelectedId(undefined);
            }}
          />
        )}
      </section>
    </div>
  );
}

function freeId(blocks: readonly DrawnBlock[]): string {
  let number = blocks.length + 1;
  while (blocks.some((block) => block.id === `block-${number}`)) number += 1;
  return `block-${number}`;
}

interface ReadBack {
  /** `unlocked`: bubbles were not recognised where some block has them. */
  readonly state: 'waiting' | 'read' | 'unlocked' | 'failed';
  readonly marked: ReadonlySet<string>;
}

const nothingRead: ReadBack = { state: 'waiting', marked: new Set() };

/** Reads the picture by the blocks that were drawn over it. */
function useReadBack(
  picture: Blob | undefined,
  design: SheetDesign,
  blocks: readonly DrawnBlock[] | undefined,
): ReadBack {
  const [readBack, setReadBack] = useState(nothingRead);
  useEffect(() => {
    if (picture === undefined || blocks === undefined || blocks.length === 0) return undefined;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      // The picture is the frame: no page has to be looked for in it.
      const drawn: SheetDesign = { ...designOfBlocks('', design.size, blocks), location: { by: 'bubbles' } };
      engine.run('answer-sheets.read', { photo: picture, design: drawn }, { signal: controller.signal }).then(
        ({ reading }) => {
          if (!reading.found) return setReadBack({ state: 'unlocked', marked: new Set() });
          const names = blocks.flatMap((block) =>
            Array.from({ length: block.fields }, (_, field) => `${block.id} ${field}`),
          );
          const marked = reading.fields.flatMap(({ bubbles }, at) =>
            bubbles.flatMap((bubble, choice) => (bubble.marked ? [`${names[at] ?? ''} ${choice}`] : [])),
          );
          const state = areBlocksInPlace(blocks, reading) ? 'read' : 'unlocked';
          return setReadBack({ state, marked: new Set(marked) });
        },
        (cause: unknown) => {
          if (asFailure(cause).code === 'cancelled') return;
          console.warn('The sheet could not be read back.', cause);
          setReadBack({ state: 'failed', marked: new Set() });
        },
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [picture, design.size, blocks]);
  return readBack;
}

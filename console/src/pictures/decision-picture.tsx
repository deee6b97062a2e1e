import { askWords } from '../words/ask-words.ts';
import { leftOutBoxes, pictureLabel, pictureWords } from '../words/picture-words.ts';
import styles from './decision-picture.module.css';
import { PictureFrame } from './picture-frame.tsx';
import type { Arrow, ArrowKind, Box, Picture } from './picture-of.ts';

const box = { width: 148, height: 40 };
const gap = { x: 136, y: 30 };
const margin = 8;

/** The way of a decision, read from left to right. The list beside it says the same in words. */
export function DecisionPicture({ picture }: { readonly picture: Picture }) {
  const { boxes, arrows, columns, rows, leftOut } = picture;
  const width = columns * box.width + (columns - 1) * gap.x + 2 * margin;
  const height = rows * box.height + (rows - 1) * gap.y + 2 * margin;
  const places = new Map(boxes.map((one) => [one.name, one]));
  const kinds = [...new Set(arrows.map(({ kind }) => kind))];
  return (
    <PictureFrame
      width={width}
      height={height}
      title={askWords.picture}
      label={pictureLabel(boxes.length, arrows.length)}
      legend={
        <>
          {kinds.map((kind) => (
            <span key={kind}>
              <svg viewBox="0 0 28 10" width="28" height="10" aria-hidden="true">
                <path d="M1 5H27" className={`${styles.line} ${styles[kind]}`} />
              </svg>
              {kindNames[kind]}
            </span>
          ))}
          {leftOut > 0 && <span>{leftOutBoxes(leftOut)}</span>}
        </>
      }
    >
      <Heads />
      {arrows.map((arrow) => (
        <ArrowLine
          key={JSON.stringify(arrow)}
          arrow={arrow}
          from={places.get(arrow.from)}
          to={places.get(arrow.to)}
          isFan={isFan(arrow, arrows)}
        />
      ))}
      {boxes.map((one) => (
        <BoxShape key={one.name} box={one} />
      ))}
    </PictureFrame>
  );
}

const kindNames: Readonly<Record<ArrowKind, string>> = {
  counts: pictureWords.counts,
  takesAway: pictureWords.takesAway,
  unmet: pictureWords.unmet,
  undecided: pictureWords.undecided,
  missing: pictureWords.missing,
  hidden: pictureWords.hiddenArrow,
};

function Heads() {
  return (
    <defs>
      <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0.5 8 4 0 7.5z" fill="context-stroke" />
      </marker>
      <marker id="bar" viewBox="0 0 4 12" refX="3" refY="6" markerWidth="4" markerHeight="12" orient="auto">
        <path d="M3 0V12" stroke="context-stroke" strokeWidth="2" />
      </marker>
    </defs>
  );
}

function placeOf({ column, row }: Box) {
  return { x: margin + column * (box.width + gap.x), y: margin + row * (box.height + gap.y) };
}

function BoxShape({ box: one }: { readonly box: Box }) {
  const { x, y } = placeOf(one);
  const [type = '', ...rest] = one.name.split(':');
  const isHidden = one.kind === 'hidden';
  return (
    <g className={isHidden ? styles.hiddenBox : styles.box}>
      <rect x={x} y={y} width={box.width} height={box.height} rx="4" />
      <text x={x + 10} y={y + 16} className={styles.type}>
        {isHidden ? '' : type}
      </text>
      <text x={x + 10} y={isHidden ? y + 24 : y + 31} className={styles.name}>
        {isHidden ? pictureWords.hidden : shortened(rest.join(':'))}
      </text>
      <title>{isHidden ? pictureWords.hidden : one.name}</title>
    </g>
  );
}

/** Ids may have 256 bytes. The list has them whole. */
function shortened(text: string): string {
  const letters = [...text];
  return letters.length > 17 ? `${letters.slice(0, 16).join('')}…` : text;
}

/** Whether more arrows leave its beginning than reach its end: then its words stand by its end. */
function isFan({ from, to }: Arrow, arrows: readonly Arrow[]): boolean {
  const leaving = arrows.filter((one) => one.from === from).length;
  return leaving > arrows.filter((one) => one.to === to).length;
}

interface ArrowLineProps {
  readonly arrow: Arrow;
  readonly from: Box | undefined;
  readonly to: Box | undefined;
  readonly isFan: boolean;
}

const lineHeight = 13;

function ArrowLine({ arrow: { relations, kind }, from, to, isFan }: ArrowLineProps) {
  if (from === undefined || to === undefined) return undefined;
  const start = { x: placeOf(from).x + box.width, y: placeOf(from).y + box.height / 2 };
  const end = { x: placeOf(to).x - 2, y: placeOf(to).y + box.height / 2 };
  const bend = gap.x / 2;
  const path = `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
  const head = kind === 'takesAway' || kind === 'unmet' ? 'url(#bar)' : 'url(#head)';
  const words = kind === 'undecided' && relations.length > 0 ? [...relations, '?'] : relations;
  const isStraight = start.y === end.y;
  const x = isStraight ? (start.x + end.x) / 2 : isFan ? end.x - 14 : start.x + 8;
  const y = (isFan ? end.y : start.y) - 6 - (words.length - 1) * lineHeight;
  return (
    <g>
      <path d={path} className={`${styles.line} ${styles[kind]}`} markerEnd={head} />
      <text y={y} className={styles.relation} textAnchor={isStraight ? 'middle' : isFan ? 'end' : 'start'}>
        {words.map((word, index) => (
          <tspan key={word} x={x} dy={index === 0 ? 0 : lineHeight}>
            {shortened(word)}
          </tspan>
        ))}
      </text>
    </g>
  );
}

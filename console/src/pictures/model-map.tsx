import { mapLabel, modelWords } from '../words/model-words.ts';
import styles from './decision-picture.module.css';
import type { Flow } from './model-flows.ts';
import type { MapPicture, TypeBox } from './model-map-of.ts';
import { PictureFrame } from './picture-frame.tsx';

const box = { width: 132, height: 30 };
const gap = { x: 84, y: 18 };
const margin = 10;

/** Along what rights flow, from left to right. The list beside it says the same in words. */
export function ModelMap({ map: { boxes, arrows, columns, rows } }: { readonly map: MapPicture }) {
  if (boxes.length === 0) return undefined;
  const width = columns * (box.width + gap.x) - gap.x + 2 * margin;
  const height = rows * (box.height + gap.y) - gap.y + 2 * margin;
  const places = new Map(boxes.map((one) => [one.type, one]));
  return (
    <PictureFrame
      width={width}
      height={height}
      title={modelWords.mapTitle}
      label={mapLabel(boxes.length, arrows.length)}
      legend={
        <>
          <Sample kind="rights" text={modelWords.rights} />
          <Sample kind="members" text={modelWords.members} />
        </>
      }
    >
      <defs>
        <marker id="flow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0.5 8 4 0 7.5z" fill="context-stroke" />
        </marker>
      </defs>
      {arrows.map((flow) => (
        <FlowLine
          key={JSON.stringify([flow.from, flow.to, flow.kind])}
          flow={flow}
          from={places.get(flow.from)}
          to={places.get(flow.to)}
        />
      ))}
      {boxes.map((one) => (
        <TypeShape key={one.type} box={one} />
      ))}
    </PictureFrame>
  );
}

const looks: Readonly<Record<Flow['kind'], string>> = {
  rights: `${styles.line} ${styles.counts}`,
  members: `${styles.line} ${styles.missing}`,
};

function Sample({ kind, text }: { readonly kind: Flow['kind']; readonly text: string }) {
  return (
    <span>
      <svg viewBox="0 0 28 10" width="28" height="10" aria-hidden="true">
        <path d="M1 5H27" className={looks[kind]} />
      </svg>
      {text}
    </span>
  );
}

function placeOf({ column, row }: TypeBox) {
  return { x: margin + column * (box.width + gap.x), y: margin + row * (box.height + gap.y) };
}

function TypeShape({ box: one }: { readonly box: TypeBox }) {
  const { x, y } = placeOf(one);
  return (
    <g className={styles.box}>
      <rect x={x} y={y} width={box.width} height={box.height} rx="4" />
      <text x={x + 10} y={y + 19} className={styles.name}>
        {shortened(one.type)}
        {one.isRound && ' ↻'}
      </text>
      <title>{one.type}</title>
    </g>
  );
}

function shortened(text: string): string {
  return text.length > 14 ? `${text.slice(0, 13)}…` : text;
}

interface FlowLineProps {
  readonly flow: Flow;
  readonly from: TypeBox | undefined;
  readonly to: TypeBox | undefined;
}

function FlowLine({ flow: { kind, through }, from, to }: FlowLineProps) {
  if (from === undefined || to === undefined) return undefined;
  const start = { x: placeOf(from).x + box.width, y: placeOf(from).y + box.height / 2 };
  const end = { x: placeOf(to).x - 2, y: placeOf(to).y + box.height / 2 };
  const bend = Math.max(gap.x / 2, Math.abs(end.x - start.x) / 3);
  const path = `M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`;
  return (
    <path d={path} className={looks[kind]} markerEnd="url(#flow)">
      <title>{`${from.type} → ${to.type}: ${through.join(', ')}`}</title>
    </path>
  );
}

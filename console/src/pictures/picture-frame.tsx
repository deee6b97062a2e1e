import type { ReactNode } from 'react';
import styles from './decision-picture.module.css';

interface PictureFrameProps {
  readonly width: number;
  readonly height: number;
  /** Of the place that it is scrolled in. */
  readonly title: string;
  /** What it shows, for whoever does not see it. */
  readonly label: string;
  readonly legend: ReactNode;
  readonly children: ReactNode;
}

/** A picture in its own size, which is scrolled where its place is narrower, with a legend below. */
export function PictureFrame({ width, height, title, label, legend, children }: PictureFrameProps) {
  return (
    <figure className={styles.figure}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys, too. */}
      <section className={styles.scroll} tabIndex={0} aria-label={title}>
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
          {children}
        </svg>
      </section>
      <figcaption className={styles.legend}>{legend}</figcaption>
    </figure>
  );
}

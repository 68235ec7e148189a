import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { h } from '../dom';
import { formatAgo } from '../figures';
import { onThemeChange, readTheme, type Theme } from './theme';

export type Columns = uPlot.AlignedData;
export type Design = (theme: Theme) => Pick<uPlot.Options, 'series' | 'scales' | 'axes' | 'bands' | 'hooks'>;

const HEIGHT = 132;

/** A uPlot chart that fills its box, follows the colour scheme and shares one time axis: seconds ago. */
export class Chart {
  private readonly box = h('div', { class: 'plot' });
  private readonly legend = h('div', { class: 'legend' });
  private plot: uPlot | null = null;
  private columns: Columns = [[]];
  readonly root: HTMLElement;

  constructor(
    title: string,
    private readonly design: Design,
    keys: { name: string; className: string }[],
    extra: HTMLElement | null = null,
  ) {
    this.legend.append(...keys.map((k) => h('span', { class: `key ${k.className}` }, k.name)));
    this.root = h('figure', { class: 'chart' }, h('figcaption', {}, h('h3', {}, title), extra, this.legend), this.box);
    new ResizeObserver(() => this.resize()).observe(this.box);
    onThemeChange(() => this.draw());
  }

  set(columns: Columns): void {
    this.columns = columns;
    if (this.plot === null) {
      this.draw();
    } else {
      this.plot.setData(columns);
    }
  }

  private resize(): void {
    if (this.plot !== null && this.box.clientWidth > 0 && this.plot.width !== this.box.clientWidth) {
      this.plot.setSize({ width: this.box.clientWidth, height: HEIGHT });
    } else if (this.plot === null) {
      this.draw();
    }
  }

  private draw(): void {
    if (this.columns.length < 2 || this.box.clientWidth === 0) {
      return;
    }

    this.plot?.destroy();
    const theme = readTheme();
    const { axes, ...design } = this.design(theme);
    this.plot = new uPlot(
      {
        width: this.box.clientWidth,
        height: HEIGHT,
        padding: [8, 14, 0, 0],
        legend: { show: false },
        cursor: { show: false },
        ...design,
        axes: [timeAxis(theme), ...(axes ?? [])],
      },
      this.columns,
      this.box,
    );
  }
}

export const axisStyle = (theme: Theme): uPlot.Axis => ({
  stroke: theme.ink,
  font: '11px system-ui, sans-serif',
  grid: { stroke: theme.grid, width: 1 },
  ticks: { show: false },
  size: 40,
  gap: 6,
});

function timeAxis(theme: Theme): uPlot.Axis {
  return {
    ...axisStyle(theme),
    size: 22,
    gap: 4,
    grid: { show: false },
    splits: (u) => [-120, -90, -60, -30, 0].map((s) => (u.scales.x?.max ?? 0) + s),
    values: (u, splits) => splits.map((s) => (s >= (u.scales.x?.max ?? 0) ? 'now' : formatAgo((u.scales.x?.max ?? 0) - s))),
  };
}

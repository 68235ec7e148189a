import uPlot from 'uplot';
import type { Second } from '../data/rolling';
import { h } from '../dom';
import { budgetAtHeight, rungHeight } from '../figures';
import { axisStyle, Chart } from './chart';

export interface ClassChoice {
  name: string;
  deadlineMs: number;
}

/** The last two minutes: budget, latency of one SLA class against its deadline, and what became of the questions. */
export class Charts {
  private readonly tabs = h('span', { class: 'tabs', role: 'group', 'aria-label': 'SLA class' });
  private readonly budget = new Chart(
    'Budget',
    (theme) => ({
      scales: { x: { time: false }, y: { range: () => [-0.35, this.ladder.length - 0.65] } },
      series: [
        {},
        { label: 'ceiling', stroke: theme.faint, width: 1.5, dash: [4, 4], paths: stepped(), points: { show: false } },
        { label: 'spent', stroke: theme.accent, width: 2, fill: `${theme.accent}26`, fillTo: -0.35, paths: stepped(), points: { show: false }, spanGaps: true },
      ],
      axes: [
        {
          ...axisStyle(theme),
          splits: () => this.ladder.map((_, i) => i),
          values: (_, splits) => splits.map((s) => String(budgetAtHeight(s, this.ladder) ?? '')),
        },
      ],
    }),
    [
      { name: 'spent', className: 'accent' },
      { name: 'plan’s ceiling', className: 'faint' },
    ],
  );
  private readonly latency = new Chart(
    'Latency, ms',
    (theme) => ({
      scales: { x: { time: false }, y: { range: (_, __, max) => [0, Math.max(this.deadlineMs * 1.25, (max ?? 0) * 1.1)] } },
      series: [
        {},
        { label: 'deadline', stroke: theme.poor, width: 1.5, dash: [6, 4], points: { show: false } },
        { label: 'p50', stroke: theme.good, width: 1.5, points: { show: false }, spanGaps: true },
        { label: 'p95', stroke: theme.accent, width: 2, points: { show: false }, spanGaps: true },
      ],
      axes: [{ ...axisStyle(theme), space: 28, values: (_, splits) => splits.map((s) => (s >= 1000 ? `${s / 1000} s` : `${s}`)) }],
    }),
    [
      { name: 'p50', className: 'good' },
      { name: 'p95', className: 'accent' },
      { name: 'deadline', className: 'poor' },
    ],
    this.tabs,
  );
  private readonly outcomes = new Chart(
    'Camera answers per second',
    (theme) => ({
      scales: { x: { time: false }, y: { range: (_, __, max) => [0, Math.max(4, (max ?? 0) * 1.1)] } },
      series: [{}, bars('lost', theme.poor), bars('late', theme.fair), bars('on time', theme.good)],
      axes: [{ ...axisStyle(theme), space: 28, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500] }],
    }),
    [
      { name: 'on time', className: 'good' },
      { name: 'late', className: 'fair' },
      { name: 'not answered', className: 'poor' },
    ],
  );
  private ladder: readonly number[] = [1];
  private deadlineMs = 500;
  private chosen: string | null = null;
  readonly root = h('section', { class: 'charts', 'aria-label': 'The last two minutes' }, this.budget.root, this.latency.root, this.outcomes.root);

  /** The class whose latency is shown: the user's choice while it is there, else the most frequent. */
  choose(classes: readonly ClassChoice[]): ClassChoice | null {
    const shown = classes.find((c) => c.name === this.chosen) ?? classes[0] ?? null;
    const key = `${classes.map((c) => c.name).join()}|${shown?.name}`;
    if (this.tabs.dataset['key'] !== key) {
      this.tabs.dataset['key'] = key;
      this.tabs.replaceChildren(...[...classes].sort((a, b) => a.deadlineMs - b.deadlineMs).map((c) => this.tab(c.name, c === shown)));
    }

    return shown;
  }

  update(seconds: readonly Second[], ceilings: readonly (number | null)[], shown: ClassChoice | null, ladder: readonly number[]): void {
    this.ladder = ladder;
    this.deadlineMs = shown?.deadlineMs ?? 500;
    const x = seconds.map((s) => s.at);
    const height = (budget: number | null): number | null => (budget === null ? null : rungHeight(budget, ladder));
    this.budget.set([x, ceilings.map(height), seconds.map((s) => height(s.budget))]);
    this.latency.set([x, x.map(() => this.deadlineMs), seconds.map((s) => s.p50), seconds.map((s) => s.p95)]);
    // Stacked: each series is drawn up to its own top, the tallest first.
    this.outcomes.set([x, seconds.map((s) => s.onTime + s.late + s.lost), seconds.map((s) => s.onTime + s.late), seconds.map((s) => s.onTime)]);
  }

  private tab(name: string, pressed: boolean): HTMLElement {
    const button = h('button', { type: 'button', 'aria-pressed': String(pressed) }, name);
    button.onclick = () => {
      this.chosen = name;
    };
    return button;
  }
}

const stepped = (): uPlot.Series.PathBuilder => uPlot.paths.stepped!({ align: 1 });

const bars = (label: string, colour: string): uPlot.Series => ({
  label,
  fill: colour,
  stroke: colour,
  width: 0,
  paths: uPlot.paths.bars!({ size: [0.8, 12], align: 1 }),
  points: { show: false },
});

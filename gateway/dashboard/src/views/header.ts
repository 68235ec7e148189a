import { h, setClass, setText } from '../dom';
import { explainPlan, formatRate, formatShare, rungColour } from '../figures';
import type { Status } from '../wire';

export interface HeaderFigures {
  attainment: number | null;
  questionsPerSecond: number;
  /** Mean visual tokens of the last seconds' answers. */
  budget: number | null;
}

/** Model, plan, service level, throughput, and where on the ladder the fleet is now. */
export class Header {
  private readonly model = h('span', { class: 'model' }, 'waiting for a worker');
  private readonly attainment = figure('On time, last minute', 'Share of all questions of the last 60 s that were answered within their deadline');
  private readonly rate = figure('Questions / s', 'Questions that arrive per second: the cameras’ and everybody else’s');
  private readonly load = figure('Offered load', 'Predicted load over capacity at the plan’s budget');
  private readonly workers = figure('Workers', 'Workers that report, and questions that wait in their queues');
  private readonly reason = h('span', { class: 'reason' }, '');
  private readonly big = h('span', { class: 'big' }, '–');
  private readonly rungs = h('ol', { class: 'ladder', 'aria-label': 'Token ladder' });
  private ladderKey = '';
  readonly root = h(
    'header',
    { class: 'top' },
    h('div', { class: 'brand' }, h('h1', {}, 'DeltaEdge'), this.model),
    h('div', { class: 'figures' }, this.attainment.root, this.rate.root, this.load.root, this.workers.root),
    h(
      'div',
      { class: 'now' },
      h('div', { class: 'now-budget' }, this.big, h('span', { class: 'unit' }, 'visual tokens', h('br'), 'per frame, now')),
      h('div', { class: 'now-ladder' }, this.rungs, this.reason),
    ),
  );

  update(status: Status, figures: HeaderFigures): void {
    const { workers, plan, ladder } = status;
    const budget = figures.budget ?? workers.find((w) => w.current_budget > 0)?.current_budget ?? null;
    const waiting = workers.reduce((sum, w) => sum + w.queue_depth, 0);
    setText(this.model, workers[0]?.model ?? 'waiting for a worker');
    setText(this.attainment.value, formatShare(figures.attainment));
    setClass(this.attainment.value, `value ${grade(figures.attainment)}`);
    setText(this.rate.value, formatRate(figures.questionsPerSecond));
    setText(this.load.value, plan === null ? '–' : `${Math.round(plan.predicted_utilisation * 100)} %`);
    setText(this.workers.value, String(workers.length));
    setText(this.workers.note, waiting > 0 ? `${waiting} waiting` : '');
    setText(this.reason, plan === null ? 'no plan: each worker steers alone' : explainPlan(plan.reason));
    setText(this.big, budget === null ? '–' : String(Math.round(budget)));
    setClass(this.big, budget === null ? 'big' : `big ink-${rungColour(budget, ladder)}`);
    this.showLadder(status, budget);
  }

  private showLadder({ plan, ladder }: Status, budget: number | null): void {
    const ranges = Object.values(plan?.classes ?? {});
    const ceiling = ranges.length === 0 ? Infinity : Math.max(...ranges.map((r) => r.ceiling));
    const current = budget === null ? -1 : ladder.findIndex((b) => b <= Math.round(budget));
    const key = `${ladder.join()}|${ceiling}|${current}`;
    if (key === this.ladderKey) {
      return;
    }

    this.ladderKey = key;
    this.rungs.replaceChildren(
      ...ladder.map((b, i) =>
        h(
          'li',
          {
            class: `rung-${rungColour(b, ladder)}${i === current ? ' current' : ''}${b > ceiling ? ' above' : ''}`,
            title: b > ceiling ? 'Above the plan’s ceiling now' : 'Within the plan',
          },
          String(b),
        ),
      ),
    );
  }
}

function figure(label: string, title: string): { root: HTMLElement; value: HTMLElement; note: HTMLElement } {
  const value = h('span', { class: 'value' }, '–');
  const note = h('span', { class: 'note' });
  return { root: h('div', { class: 'figure', title }, value, note, h('span', { class: 'label' }, label)), value, note };
}

const grade = (share: number | null): string => (share === null ? '' : share >= 0.99 ? 'good' : share >= 0.95 ? 'fair' : 'poor');

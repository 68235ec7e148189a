import { h, setClass, setText } from '../dom';
import { rungColour } from '../figures';

/** A budget in its rung's colour. */
export function budgetBadge(): HTMLSpanElement {
  return h('span', { class: 'budget', title: 'Visual tokens spent on this answer' });
}

export function showBudget(badge: HTMLElement, budget: number, ladder: readonly number[]): void {
  setClass(badge, `budget rung-${rungColour(budget, ladder)}`);
  setText(badge, budget > 0 ? String(budget) : '–');
}

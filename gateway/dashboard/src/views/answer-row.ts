import { h, setClass, setText } from '../dom';
import { answerAge, deadlineUse, formatAgainst, formatShare } from '../figures';
import type { Outcome, StreamAnswer } from '../wire';
import { budgetBadge, showBudget } from './badge';

const OUTCOMES: Record<Outcome, { mark: string; name: string }> = {
  on_time: { mark: '✓', name: 'on time' },
  late: { mark: '!', name: 'late' },
  expired: { mark: '×', name: 'expired: its deadline passed before it was answered' },
  rejected: { mark: '×', name: 'rejected: the queue was full' },
  failed: { mark: '×', name: 'failed' },
  gated: { mark: '=', name: 'gated: the scene had not changed, so its last answer stands' },
};

/** The latest answer to one question of a camera. */
export class AnswerRow {
  private readonly question = h('span', { class: 'question' });
  private readonly answer = h('span', { class: 'answer' }, '…');
  private readonly mark = h('span', { class: 'mark' });
  private readonly badge = budgetBadge();
  private readonly accuracy = h('span', { class: 'accuracy', title: 'Accuracy that the model’s profile expects at this budget' });
  private readonly latency = h('span', { class: 'latency' });
  private readonly fill = h('i', {});
  readonly root = h(
    'li',
    { class: 'answer-row' },
    h('div', { class: 'said' }, this.question, this.answer),
    h('div', { class: 'given' }, this.mark, this.badge, this.accuracy, this.latency),
    h('div', { class: 'bar', title: 'Capture to answer, against the deadline' }, this.fill),
  );

  constructor(text: string) {
    setText(this.question, text);
  }

  show(answer: StreamAnswer, ladder: readonly number[]): void {
    const info = answer.deltaedge;
    const outcome = OUTCOMES[answer.outcome] ?? { mark: '?', name: answer.outcome };
    const age = answerAge(info);
    const { share, over } = deadlineUse(age, info.deadline_ms);
    setText(this.question, answer.question);
    setText(this.answer, answer.answer ?? outcome.name.split(':')[0]!);
    setClass(this.answer, answer.answer === null ? 'answer none' : 'answer');
    setText(this.mark, outcome.mark);
    this.mark.title = outcome.name;
    setClass(this.mark, `mark ${answer.outcome}`);
    showBudget(this.badge, info.budget, ladder);
    this.badge.title = `${info.image_tokens} of ${info.full_budget} visual tokens; degraded: ${info.degraded_reason}`;
    setText(this.accuracy, info.budget > 0 ? `≈ ${formatShare(info.expected_accuracy)}` : '');
    setText(this.latency, formatAgainst(age, info.deadline_ms));
    this.fill.style.width = `${share * 100}%`;
    setClass(this.fill, over ? 'over' : share > 0.8 ? 'near' : '');
  }
}

import { ApiError, ask, getFrame } from '../data/api';
import { h, setText } from '../dom';
import { formatMs, formatShare } from '../figures';
import type { ChatCompletion, Status, StreamStatus } from '../wire';
import { budgetBadge, showBudget } from './badge';

const KEPT = 4;

/** Ask anything about a camera's current frame, at a budget of one's choice. */
export class Ask {
  private readonly camera = h('select', { 'aria-label': 'Camera' });
  private readonly budget = h('select', { 'aria-label': 'Budget in visual tokens' });
  private readonly question = h('input', { type: 'text', placeholder: 'How many cars are there?', 'aria-label': 'Question', autocomplete: 'off', maxlength: '400', list: 'asked' });
  private readonly suggestions = h('datalist', { id: 'asked' });
  private readonly submit = h('button', { type: 'submit' }, 'Ask');
  private readonly said = h('ol', { class: 'replies', 'aria-live': 'polite' });
  private streams: readonly StreamStatus[] = [];
  private ladder: readonly number[] = [];
  private model = '';
  readonly root: HTMLElement;

  constructor() {
    const form = h('form', {}, this.camera, this.budget, this.question, this.suggestions, this.submit);
    form.onsubmit = (event) => {
      event.preventDefault();
      void this.send();
    };
    this.camera.onchange = () => this.suggest();
    this.root = h('section', { class: 'panel ask' }, h('h3', {}, 'Ask about the current frame'), form, this.said);
  }

  showStatus(status: Status): void {
    this.model = status.workers[0]?.model ?? this.model;
    if (status.ladder.join() !== this.ladder.join()) {
      this.ladder = status.ladder;
      this.budget.replaceChildren(
        h('option', { value: '' }, 'auto'),
        ...status.ladder.map((b) => h('option', { value: String(b) }, b === 1 ? '1 token' : `${b} tokens`)),
      );
    }
  }

  showStreams(streams: readonly StreamStatus[]): void {
    const changed = streams.map((s) => s.id).join() !== this.streams.map((s) => s.id).join();
    this.streams = streams;
    if (changed) {
      const kept = this.camera.value;
      this.camera.replaceChildren(...streams.map((s) => h('option', { value: s.id }, s.id)));
      this.camera.value = streams.some((s) => s.id === kept) ? kept : (streams[0]?.id ?? '');
      this.suggest();
    }

    this.submit.disabled = streams.length === 0;
  }

  private suggest(): void {
    const questions = this.streams.find((s) => s.id === this.camera.value)?.questions ?? [];
    this.suggestions.replaceChildren(...questions.map((q) => h('option', { value: q.text })));
    this.question.placeholder = questions[0]?.text ?? 'How many cars are there?';
  }

  private async send(): Promise<void> {
    const question = this.question.value.trim() || this.question.placeholder;
    const budget = this.budget.value === '' ? null : Number(this.budget.value);
    this.submit.disabled = true;
    const started = performance.now();
    try {
      const frame = await getFrame(this.camera.value, Date.now());
      this.reply(frame, question, await ask(this.model, frame, question, budget), performance.now() - started);
    } catch (error) {
      this.add(h('li', { class: 'reply' }, h('div', { class: 'said' }, h('span', { class: 'question' }, question), h('span', { class: 'answer none' }, wording(error)))));
    } finally {
      this.submit.disabled = false;
    }
  }

  private reply(frame: string, question: string, completion: ChatCompletion, tookMs: number): void {
    const info = completion.deltaedge;
    const badge = budgetBadge();
    if (info !== undefined) {
      showBudget(badge, info.budget, this.ladder);
    }

    const facts = info === undefined ? formatMs(tookMs) : `≈ ${formatShare(info.expected_accuracy)} · ${formatMs(info.capture_age_ms)} · ${info.question_kind}`;
    const answer = h('span', { class: 'answer' });
    setText(answer, completion.choices[0]?.message.content ?? '');
    this.add(
      h(
        'li',
        { class: 'reply' },
        h('img', { src: frame, alt: 'The frame that was asked about' }),
        h('div', { class: 'said' }, h('span', { class: 'question' }, question), answer),
        h('div', { class: 'given' }, badge, h('span', {}, facts)),
      ),
    );
  }

  private add(item: HTMLElement): void {
    this.said.prepend(item);
    while (this.said.children.length > KEPT) {
      this.said.lastElementChild?.remove();
    }
  }
}

const wording = (error: unknown): string =>
  error instanceof ApiError ? error.message : error instanceof DOMException && error.name === 'TimeoutError' ? 'No answer in time.' : 'The server cannot be reached.';

import { apiKey, framePath, getFrame } from '../data/api';
import { h, setClass, setText } from '../dom';
import { formatMs } from '../figures';
import type { StreamAnswer, StreamStatus } from '../wire';
import { AnswerRow } from './answer-row';

const FRAME_EVERY_MS = 500;
const FRAME_RETRY_MS = 2000;

/** One camera: its picture, its state, and the latest answer to each of its questions. */
export class Camera {
  private readonly image = h('img', { alt: '', decoding: 'async' });
  private readonly state = h('span', { class: 'state' });
  private readonly promise = h('p', { class: 'promise' });
  private readonly trouble = h('p', { class: 'trouble' });
  private readonly rows = new Map<string, AnswerRow>();
  private readonly list = h('ul', { class: 'answers' });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private closed = false;
  readonly root: HTMLElement;

  constructor(readonly id: string) {
    this.image.alt = `Live frame of ${id}`;
    this.root = h(
      'article',
      { class: 'camera' },
      h('div', { class: 'picture' }, this.image, this.state),
      h('div', { class: 'known' }, h('h2', {}, id), this.promise, this.trouble, this.list),
    );
    this.image.onload = () => this.frameAfter(FRAME_EVERY_MS, false);
    this.image.onerror = () => this.frameAfter(FRAME_RETRY_MS, true);
    this.refresh();
  }

  show(stream: StreamStatus): void {
    setText(this.state, stream.state);
    setClass(this.state, `state is-${stream.state}`);
    setText(this.promise, `${stream.sla_class} · within ${formatMs(stream.deadline_ms)}${rate(stream)}`);
    setText(this.trouble, stream.state === 'running' ? '' : (stream.last_error ?? ''));
    for (const question of stream.questions ?? []) {
      this.row(question.id, question.text);
    }

    const asked = new Set((stream.questions ?? []).map((q) => q.id));
    for (const [id, row] of this.rows) {
      if (asked.size > 0 && !asked.has(id)) {
        row.root.remove();
        this.rows.delete(id);
      }
    }
  }

  answer(answers: readonly StreamAnswer[], ladder: readonly number[]): void {
    const latest = new Map(answers.map((a) => [a.question_id, a]));
    for (const [id, answer] of latest) {
      this.row(id, answer.question).show(answer, ladder);
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.image.onload = this.image.onerror = null;
    this.root.remove();
  }

  private row(id: string, text: string): AnswerRow {
    let row = this.rows.get(id);
    if (row === undefined) {
      row = new AnswerRow(text);
      this.rows.set(id, row);
      this.list.append(row.root);
    }

    return row;
  }

  private frameAfter(ms: number, blank: boolean): void {
    this.image.classList.toggle('blank', blank);
    if (!this.closed) {
      this.timer = setTimeout(() => this.refresh(), ms);
    }
  }

  private refresh(): void {
    if (document.hidden) {
      this.timer = setTimeout(() => this.refresh(), FRAME_RETRY_MS);
      return;
    }

    void this.load(Date.now());
  }

  /** A picture's own request carries no key, so that with one the frame comes as data. */
  private async load(stamp: number): Promise<void> {
    try {
      const source = apiKey.value === null ? framePath(this.id, stamp) : await getFrame(this.id, stamp);
      if (!this.closed) {
        this.image.src = source;
      }
    } catch {
      this.frameAfter(FRAME_RETRY_MS, true);
    }
  }
}

/** Frames asked about per second, and how many it should be if that is not so. */
function rate({ fps, rates }: StreamStatus): string {
  if (fps === undefined) {
    return '';
  }

  const kept = rates === undefined || rates.processed >= fps * 0.9;
  return kept ? ` · ${fps} fps` : ` · ${rates.processed.toFixed(1)} of ${fps} fps`;
}

/** The JSON shapes that the page reads; names as on the wire. Fields that a server may leave out are optional. */

export interface ListOf<T> {
  object: 'list';
  data: T[];
}

export interface BudgetRange {
  floor: number;
  ceiling: number;
}

export interface Plan {
  version: number;
  classes: Record<string, BudgetRange>;
  predicted_utilisation: number;
  reason: string;
}

export interface ClassLoad {
  sla_class: string;
  frames_per_second: number;
  questions_per_second: number;
  p95_seconds: number;
  finished: number;
  on_time: number;
  mean_budget: number;
}

export interface WorkerReport {
  worker_id: string;
  model: string;
  sequence: number;
  classes: ClassLoad[];
  queue_depth: number;
  backlog_seconds: number;
  busy_ratio: number;
  current_budget: number;
  streams: number;
  draining: boolean;
}

export interface SlaClass {
  name: string;
  deadline_ms: number;
}

export interface Status {
  plan: Plan | null;
  workers: WorkerReport[];
  sla_classes: SlaClass[];
  ladder: number[];
}

export interface StreamQuestion {
  id: string;
  text: string;
  kind?: string;
}

export interface StreamStatus {
  id: string;
  state: string;
  last_error?: string | null;
  source?: string;
  sla_class: string;
  deadline_ms: number;
  fps?: number;
  questions?: StreamQuestion[];
  rates?: { source: number; processed: number };
}

export interface AnswerInfo {
  budget: number;
  image_tokens: number;
  full_budget: number;
  question_kind: string;
  expected_accuracy: number;
  degraded_reason: string;
  sla_class: string;
  deadline_ms: number;
  capture_age_ms: number;
  /** Of a gated answer: how much older the frame is that was asked about than the frame it stands for. */
  gated_age_ms?: number;
  on_time: boolean;
  worker: string;
}

export type Outcome = 'on_time' | 'late' | 'expired' | 'rejected' | 'failed' | 'gated';

export interface StreamAnswer {
  id: number;
  stream_id: string;
  question_id: string;
  question: string;
  answer: string | null;
  outcome: Outcome;
  captured_at: string;
  deltaedge: AnswerInfo;
}

export interface AnswerPage extends ListOf<StreamAnswer> {
  next_after: number;
}

export interface ChatCompletion {
  choices: { message: { content: string } }[];
  deltaedge?: AnswerInfo;
}

export interface ErrorBody {
  error: { message: string; type: string; param: string | null; code: string | null };
}

export interface DemoLoad {
  asks_per_second: number;
  /** Upper end of the slider; the page's own default if the server names none. */
  max?: number;
}

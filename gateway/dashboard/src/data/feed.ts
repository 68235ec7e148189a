import type { StreamAnswer } from '../wire';
import { getAnswers } from './api';

const PAGE = 50;
const MAX_PAGES = 40;

/** Follows one stream's answer log by position, page by page until it has caught up. */
export class Feed {
  private after = 0;

  constructor(private readonly streamId: string) {}

  async next(): Promise<StreamAnswer[]> {
    const answers: StreamAnswer[] = [];
    for (let page = 0; page < MAX_PAGES; page++) {
      const { data, next_after } = await getAnswers(this.streamId, this.after, PAGE);
      answers.push(...data);
      this.after = next_after; // below what was asked for if the server was restarted: its log began anew
      if (data.length < PAGE) {
        break;
      }
    }

    return answers;
  }
}

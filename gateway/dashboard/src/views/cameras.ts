import { h, setText } from '../dom';
import type { StreamAnswer, StreamStatus } from '../wire';
import { Camera } from './camera';

/** The grid of cameras; follows the server's list. */
export class Cameras {
  private readonly byId = new Map<string, Camera>();
  private readonly empty = h('p', { class: 'empty' }, 'No cameras yet. Register one: POST /v1/streams');
  readonly root = h('section', { class: 'cameras', 'aria-label': 'Cameras' }, this.empty);

  show(streams: readonly StreamStatus[]): void {
    const ids = new Set(streams.map((s) => s.id));
    for (const [id, camera] of this.byId) {
      if (!ids.has(id)) {
        camera.close();
        this.byId.delete(id);
      }
    }

    for (const stream of streams) {
      let camera = this.byId.get(stream.id);
      if (camera === undefined) {
        camera = new Camera(stream.id);
        this.byId.set(stream.id, camera);
        this.root.append(camera.root);
      }

      camera.show(stream);
    }

    this.empty.hidden = streams.length > 0;
    setText(this.empty, 'No cameras yet. Register one: POST /v1/streams');
  }

  answer(streamId: string, answers: readonly StreamAnswer[], ladder: readonly number[]): void {
    this.byId.get(streamId)?.answer(answers, ladder);
  }
}

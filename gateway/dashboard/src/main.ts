import './style.css';
import { ApiError, apiKey, clockSkew, getStatus, getStreams } from './data/api';
import { Fleet } from './data/fleet';
import { Feed } from './data/feed';
import { poll } from './data/poll';
import { Rolling, toSample } from './data/rolling';
import { DEFAULT_LADDER } from './figures';
import type { Status } from './wire';
import { Ask } from './views/ask';
import { Banner } from './views/banner';
import { Cameras } from './views/cameras';
import { Charts } from './views/charts';
import { Header } from './views/header';
import { KeyField } from './views/key-field';
import { Load } from './views/load';
import { h } from './dom';

const WINDOW_SECONDS = 120;
const STATUS_MS = 500;
const STREAMS_MS = 1000;
const LOAD_MS = 2000;

const [banner, header, cameras, charts, ask, load] = [new Banner(), new Header(), new Cameras(), new Charts(), new Ask(), new Load()];
const rolling = new Rolling(WINDOW_SECONDS);
const fleet = new Fleet(60);
const feeds = new Map<string, Feed>();
const ceilings = new Map<number, number>(); // by second
let status: Status = { plan: null, workers: [], sla_classes: [], ladder: [...DEFAULT_LADDER] };

document.querySelector('#app')!.append(
  banner.root,
  new KeyField(apiKey).root,
  header.root,
  h('main', {}, cameras.root, h('aside', {}, load.root, charts.root), ask.root),
);

poll(STATUS_MS, async () => {
  try {
    status = await getStatus();
    banner.found();
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) {
      banner.refused(error.message);
    } else {
      banner.lost(Date.now());
    }

    throw error;
  }

  fleet.add(status.workers, Date.now() / 1000);
  rememberCeiling(Date.now() / 1000);
  ask.showStatus(status);
  draw();
});

poll(STREAMS_MS, async () => {
  const { data } = await getStreams();
  cameras.show(data);
  ask.showStreams(data);
  for (const id of [...feeds.keys()].filter((known) => !data.some((s) => s.id === known))) {
    feeds.delete(id);
  }

  await Promise.allSettled(data.map((s) => follow(s.id)));
});

poll(LOAD_MS, () => load.read());

async function follow(id: string): Promise<void> {
  const feed = feeds.get(id) ?? new Feed(id);
  feeds.set(id, feed);
  const answers = await feed.next();
  cameras.answer(id, answers, status.ladder);
  rolling.add(answers.map((a) => toSample(a, clockSkew())));
}

function rememberCeiling(now: number): void {
  const ranges = Object.values(status.plan?.classes ?? {});
  if (ranges.length > 0) {
    ceilings.set(Math.floor(now), Math.max(...ranges.map((r) => r.ceiling)));
  }

  for (const second of ceilings.keys()) {
    if (second < now - WINDOW_SECONDS) {
      ceilings.delete(second);
    }
  }
}

function draw(): void {
  const now = Date.now() / 1000;
  rolling.trim(now);
  header.update(status, {
    attainment: fleet.attainment() ?? rolling.attainment(now, 60),
    questionsPerSecond: Fleet.demand(status.workers) ?? rolling.rate(now, 10),
    budget: rolling.meanBudget(now, 2),
  });
  const shown = charts.choose(rolling.classes());
  const seconds = rolling.bySecond(now, shown?.name ?? null);
  charts.update(seconds, seconds.map((s) => ceilings.get(s.at) ?? null), shown, status.ladder);
}

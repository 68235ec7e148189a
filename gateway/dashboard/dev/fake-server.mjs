// Development only: a stand-in for the gateway with synthetic cameras, so that the page can be worked on without a model.
//   npm run build && npm run fake-server      serves dist and the API on http://127.0.0.1:8080
//   npm run dev                               Vite's server, which forwards the API to the same address
// FAKE_PORT sets the port; FAKE_LOAD the initial asks per second; FAKE_HISTORY seconds of answers given before the start.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ladder = [576, 144, 64, 36, 16, 4, 1];
const accuracy = [0.93, 0.9, 0.86, 0.82, 0.75, 0.61, 0.5];
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const cameras = [
  { id: 'car-park', sla: 'default', deadline: 500, fps: 2, questions: [['cars', 'How many cars are there?', 'count', ['4', '5', '6']], ['free', 'Is slot 3 free?', 'yes_no', ['yes', 'no']]] },
  { id: 'junction', sla: 'priority', deadline: 300, fps: 2, questions: [['light', 'What colour is the signal?', 'attribute', ['red', 'green', 'amber']], ['walk', 'Is anyone on the crossing?', 'yes_no', ['no', 'yes']]] },
  { id: 'warehouse', sla: 'default', deadline: 500, fps: 1, questions: [['boxes', 'How many boxes are on the top shelf?', 'count', ['7', '8']], ['where', 'Which shelf holds the blue box?', 'where', ['the middle shelf']]] },
  { id: 'panel', sla: 'flex', deadline: 5000, fps: 1, questions: [['read', 'What does the display read?', 'read', ['4071', '4072', '4073']]] },
];
const logs = new Map(cameras.map((c) => [c.id, []]));
let [load, sequence, rung] = [Number(process.env.FAKE_LOAD ?? 0), 0, 0];

const pick = (list) => list[Math.floor(Math.random() * list.length)];
const wantedRung = (asks) => Math.min(ladder.length - 1, Math.floor(asks / 8));

function info(camera, kind, at) {
  const age = (60 + 200 * (ladder[at] / 576) + load * 1.2) * (0.8 + Math.random() * 0.5) * (camera.sla === 'flex' ? 3 : 1);
  return {
    budget: ladder[at], image_tokens: ladder[at], full_budget: 576, question_kind: kind, expected_accuracy: accuracy[at],
    accuracy_basis: 'profile', degraded_reason: at === 0 ? 'none' : 'load', sla_class: camera.sla, deadline_ms: camera.deadline,
    capture_age_ms: age, on_time: age <= camera.deadline, worker: 'w1',
    latency: { queue_ms: 5, encode_ms: 30, project_ms: 3, prefill_ms: 20, decode_ms: 9, total_ms: age },
  };
}

function answer(camera, atMs, at) {
  for (const [id, question, kind, words] of camera.questions) {
    const given = info(camera, kind, at);
    const lost = Math.random() < 0.01;
    const log = logs.get(camera.id);
    log.push({
      id: log.length + 1, stream_id: camera.id, question_id: id, question, answer: lost ? null : pick(words),
      outcome: lost ? 'expired' : given.on_time ? 'on_time' : 'late', frame_index: log.length, source_seconds: log.length / 2,
      captured_at: new Date(atMs - given.capture_age_ms).toISOString(), deltaedge: given,
    });
  }
}

for (let back = Number(process.env.FAKE_HISTORY ?? 0); back > 0; back--) {
  const swing = Math.max(0, Math.round(4.4 * Math.sin((back / 120) * 2 * Math.PI)));
  cameras.forEach((c) => Array.from({ length: c.fps }, (_, i) => answer(c, Date.now() - 1000 * back + 400 * i, Math.min(6, swing))));
}

for (const camera of cameras) {
  setInterval(() => answer(camera, Date.now(), rung), 1000 / camera.fps);
}

setInterval(() => {
  sequence++;
  rung += Math.sign(wantedRung(load) - rung);
}, 400);

function status() {
  const ceiling = ladder[rung];
  const reason = wantedRung(load) > rung ? 'load' : wantedRung(load) < rung ? 'recovery' : 'steady';
  const range = { floor: 1, ceiling };
  return {
    plan: { version: sequence, classes: { priority: range, default: range, flex: range }, predicted_utilisation: 0.4 + (load % 8) / 20, reason },
    workers: [{ worker_id: 'w1', model: 'deltaedge-nano', sequence, classes: [{ sla_class: 'default', frames_per_second: 6, questions_per_second: 11 + load, p95_seconds: 0.2, finished: 16 + load, on_time: 16 + load - (rung > 4 ? 1 : 0), mean_budget: ceiling }], queue_depth: rung > 3 ? 3 : 0, backlog_seconds: 0.02, busy_ratio: 0.5, current_budget: ceiling, streams: 4, draining: false }],
    sla_classes: [{ name: 'priority', deadline_ms: 300 }, { name: 'default', deadline_ms: 500 }, { name: 'flex', deadline_ms: 5000 }],
    ladder,
  };
}

function frame(id) {
  const t = Date.now() / 1000;
  const hue = { 'car-park': 210, junction: 150, warehouse: 35, panel: 265 }[id];
  const boxes = Array.from({ length: 4 }, (_, i) => `<rect x="${26 + i * 76}" y="${140 + 40 * Math.sin(t + i)}" width="52" height="80" rx="10" fill="hsl(${(hue + i * 47) % 360} 55% 55%)"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 336 336"><rect width="336" height="336" fill="hsl(${hue} 22% 26%)"/><rect y="110" width="336" height="140" fill="hsl(${hue} 12% 38%)"/>${boxes.join('')}<text x="322" y="322" fill="#fff8" font-family="monospace" font-size="16" text-anchor="end">${new Date().toISOString().slice(11, 19)}</text></svg>`;
}

const send = (response, code, body, type = 'application/json') => {
  response.writeHead(code, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(type === 'application/json' ? JSON.stringify(body) : body);
};

async function readBody(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }

  return JSON.parse(Buffer.concat(chunks).toString());
}

async function handle(request, response) {
  const url = new URL(request.url, 'http://localhost');
  const [, stream, rest] = url.pathname.match(/^\/v1\/streams\/([^/]+)\/(.+)$/) ?? [];
  if (url.pathname === '/v1/status') {
    send(response, 200, status());
  } else if (url.pathname === '/v1/streams') {
    const data = cameras.map((c) => ({ id: c.id, state: c.id === 'panel' && process.env.FAKE_TROUBLE ? 'reconnecting' : 'running', last_error: 'Connection refused; next try in 4 s.', rates: { source: 10, processed: c.fps - (rung > 4 ? 0.4 : 0) }, sla_class: c.sla, deadline_ms: c.deadline, fps: c.fps, questions: c.questions.map(([id, text, kind]) => ({ id, text, kind })) }));
    send(response, 200, { object: 'list', data });
  } else if (rest === 'frame.jpg' && logs.has(stream)) {
    send(response, 200, frame(stream), 'image/svg+xml');
  } else if (rest === 'answers' && logs.has(stream)) {
    const after = Number(url.searchParams.get('after') ?? 0);
    const data = logs.get(stream).slice(after, after + Number(url.searchParams.get('limit') ?? 50));
    send(response, 200, { object: 'list', data, next_after: data.at(-1)?.id ?? after });
  } else if (url.pathname === '/demo/load') {
    load = request.method === 'PUT' ? (await readBody(request)).asks_per_second : load;
    send(response, 200, { asks_per_second: load, max: 60 });
  } else if (url.pathname === '/v1/chat/completions') {
    const { deltaedge } = await readBody(request);
    const at = deltaedge?.budget ? ladder.indexOf(deltaedge.budget) : rung;
    send(response, 200, { choices: [{ message: { content: pick(['yes', 'three', 'a red car']) } }], deltaedge: info(cameras[0], 'other', at) });
  } else {
    const path = normalize(url.pathname === '/' ? '/index.html' : url.pathname);
    const file = await readFile(join(dist, path)).catch(() => null);
    file === null
      ? send(response, 404, { error: { message: `There is no ${url.pathname}.`, type: 'invalid_request_error', param: null, code: 'not_found' } })
      : send(response, 200, file, types[extname(path)] ?? 'application/octet-stream');
  }
}

const port = Number(process.env.FAKE_PORT ?? 8080);
createServer((request, response) => handle(request, response).catch((error) => send(response, 500, { error: { message: String(error) } }))).listen(port, '127.0.0.1', () => {
  console.log(`Synthetic data on http://127.0.0.1:${port}`);
});

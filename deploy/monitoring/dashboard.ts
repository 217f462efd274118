/** The dashboard of Grafana (11 and newer), from the names of the metrics that the edge writes. */
const source = { type: 'prometheus', uid: '${source}' } as const;
/** Grafana's grid is 24 wide. */
const half = 12;
const third = 8;
const height = 8;

interface Line {
  readonly query: string;
  /** Of the legend: `{{operation}}`. */
  readonly legend: string;
}

interface Panel {
  readonly title: string;
  readonly about: string;
  readonly lines: readonly Line[];
  /** https://grafana.com/docs/grafana/latest/panels-visualizations/configure-standard-options/#unit */
  readonly unit: 'reqps' | 'percentunit' | 's' | 'bytes' | 'short';
  readonly kind?: 'timeseries' | 'stat';
  readonly width: number;
}

const chosen = 'operation=~"$operation",market=~"$market",device=~"$device"';

/** @param by labels to tell apart */
function percentile(share: number, by: readonly string[]): string {
  const grouped = ['le', ...by].join(', ');
  return `histogram_quantile(${share}, sum by (${grouped}) (rate(papel_operation_duration_seconds_bucket{${chosen}}[$__rate_interval])))`;
}

function success(by: string): string {
  const rate = (more: string) => `sum by (${by}) (rate(papel_operations_total{${chosen}${more}}[$__rate_interval]))`;
  return `${rate(',outcome="success"')} / ${rate('')}`;
}

const rows: readonly { readonly title: string; readonly panels: readonly Panel[] }[] = [
  {
    title: 'On devices',
    panels: [
      {
        title: 'Processing time by operation',
        about: 'Of all devices that may be counted: median and 95th percentile.',
        unit: 's',
        width: half,
        lines: [
          { query: percentile(0.5, ['operation']), legend: '{{operation}}, half' },
          { query: percentile(0.95, ['operation']), legend: '{{operation}}, 95 %' },
        ],
      },
      {
        title: 'Success by operation',
        about: 'Share of operations that ended well. A cancelled one is not counted.',
        unit: 'percentunit',
        width: half,
        lines: [{ query: success('operation'), legend: '{{operation}}' }],
      },
      {
        title: 'Processing time by market',
        about: '95th percentile.',
        unit: 's',
        width: third,
        lines: [{ query: percentile(0.95, ['market']), legend: '{{market}}' }],
      },
      {
        title: 'Processing time by device',
        about: '95th percentile. Low: up to 2 cores or 2 GB; high: 8 cores and more.',
        unit: 's',
        width: third,
        lines: [{ query: percentile(0.95, ['device']), legend: '{{device}}' }],
      },
      {
        title: 'Success by market and device',
        about: 'Share of operations that ended well.',
        unit: 'percentunit',
        width: third,
        lines: [{ query: success('market, device'), legend: '{{market}}, {{device}}' }],
      },
    ],
  },
  {
    title: 'The edge',
    panels: [
      {
        title: 'Edges that answer',
        about: 'Prometheus reaches them.',
        unit: 'short',
        kind: 'stat',
        width: third,
        lines: [{ query: 'sum(up{job="papel-edge"})', legend: 'up' }],
      },
      {
        title: 'Requests',
        about: 'By what was asked.',
        unit: 'reqps',
        width: third,
        lines: [{ query: 'sum by (route) (rate(papel_http_requests_total[$__rate_interval]))', legend: '{{route}}' }],
      },
      {
        title: 'Errors of the server',
        about:
          'Share of answers with 500 and above. /ready says 503 while a store is ill, which is no error of an answer.',
        unit: 'percentunit',
        width: third,
        lines: [
          {
            query:
              'sum(rate(papel_http_requests_total{status=~"5..",route!="/ready"}[$__rate_interval])) / sum(rate(papel_http_requests_total[$__rate_interval]))',
            legend: 'errors',
          },
        ],
      },
      {
        title: 'Time of answers',
        about: '95th percentile, until the answer began.',
        unit: 's',
        width: third,
        lines: [
          {
            query:
              'histogram_quantile(0.95, sum by (le, route) (rate(papel_http_request_duration_seconds_bucket[$__rate_interval])))',
            legend: '{{route}}',
          },
        ],
      },
      {
        title: 'Memory',
        about: 'Of its container’s 256 MB.',
        unit: 'bytes',
        width: third,
        lines: [{ query: 'papel_memory_bytes', legend: '{{instance}}' }],
      },
      {
        title: 'Counts, by what became of them',
        about: 'not-kept: the store was away, and devices send them again.',
        unit: 'short',
        width: third,
        lines: [
          { query: 'sum by (result) (rate(papel_telemetry_events_total[$__rate_interval]))', legend: '{{result}}' },
        ],
      },
    ],
  },
];

function makePanel({ title, about, lines, unit, kind = 'timeseries', width }: Panel, id: number, x: number, y: number) {
  return {
    id,
    title,
    description: about,
    type: kind,
    datasource: source,
    gridPos: { x, y, w: width, h: height },
    fieldConfig: { defaults: { unit, ...(unit === 'percentunit' ? { min: 0, max: 1 } : { min: 0 }) }, overrides: [] },
    options:
      kind === 'stat' ? {} : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
    targets: lines.map(({ query, legend }, at) => ({
      refId: String.fromCodePoint(65 + at),
      datasource: source,
      expr: query,
      legendFormat: legend,
    })),
  };
}

function layOut() {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      title: row.title,
      type: 'row',
      collapsed: false,
      gridPos: { x: 0, y, w: 24, h: 1 },
      panels: [],
    });
    y += 1;
    let x = 0;
    for (const panel of row.panels) {
      if (x + panel.width > 24) {
        x = 0;
        y += height;
      }
      panels.push(makePanel(panel, panels.length + 1, x, y));
      x += panel.width;
    }
    y += height;
  }
  return panels;
}

/** @param label whose values the viewer may choose from */
function makeChoice(label: string) {
  return {
    name: label,
    type: 'query',
    datasource: source,
    query: { query: `label_values(papel_operations_total, ${label})`, refId: label },
    refresh: 2,
    includeAll: true,
    multi: true,
    allValue: '.*',
    current: { text: 'All', value: '$__all' },
  };
}

export function writeDashboard(): string {
  const dashboard = {
    uid: 'papel',
    title: 'Papel',
    description: 'Written from deploy/monitoring/dashboard.ts: npm run deploy:generate',
    schemaVersion: 39,
    version: 1,
    editable: false,
    timezone: 'utc',
    refresh: '1m',
    time: { from: 'now-24h', to: 'now' },
    templating: {
      list: [
        { name: 'source', type: 'datasource', query: 'prometheus' },
        ...['operation', 'market', 'device'].map(makeChoice),
      ],
    },
    panels: layOut(),
  };
  return `${JSON.stringify(dashboard, undefined, 2)}\n`;
}

import type { KeptEvent, TelemetryStore } from './telemetry-store.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
const mostValuesOfMetric = 100;

/**
 * Fifteen months, of which whoever runs it cannot make less:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html#metrics-retention
 */
export const cloudWatchDays = 455;

function groupEvents(events: readonly KeptEvent[]): readonly (readonly KeptEvent[])[] {
  const groups = new Map<string, KeptEvent[]>();
  for (const event of events) {
    const key = [event.name, event.market, event.deviceClass].join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [event]);
    else group.push(event);
  }
  return [...groups.values()];
}

function writeMetrics(events: readonly KeptEvent[]): string {
  const [first] = events;
  const name = first?.kind === 'web-vital' ? 'WebVital' : 'OperationDuration';
  return JSON.stringify({
    _aws: {
      Timestamp: first?.receivedAt,
      CloudWatchMetrics: [
        {
          Namespace: 'Papel',
          // Closed lists, so the number of metrics that are paid for has a bound.
          Dimensions: [['Name'], ['Name', 'Market'], ['Name', 'DeviceClass']],
          Metrics: [
            { Name: name, Unit: first?.name === 'cls' ? 'None' : 'Milliseconds' },
            { Name: 'Failures', Unit: 'Count' },
          ],
        },
      ],
    },
    Name: first?.name,
    Market: first?.market,
    DeviceClass: first?.deviceClass,
    [name]: events.map(({ value }) => value),
    Failures: events.map(({ outcome }) => (outcome === 'failure' ? 1 : 0)),
  });
}

/**
 * CloudWatch makes metrics of what a Lambda function prints in its embedded metric format. It knows no ids: count-once.ts
 * stands before it. Its percentiles are CloudWatch's own, and it deletes by its own rules.
 *
 * @param print one line
 */
export function printToCloudWatch(print: (line: string) => void): TelemetryStore {
  return {
    add: (events) => {
      for (const group of groupEvents(events)) {
        for (let at = 0; at < group.length; at += mostValuesOfMetric) {
          print(writeMetrics(group.slice(at, at + mostValuesOfMetric)));
        }
      }
      return Promise.resolve();
    },
    summarise: null,
    checks: {},
    purge: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

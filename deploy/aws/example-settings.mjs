/** Settings for synthesis and tests: a domain that stands for examples, and an account and images that nobody has. */
export const exampleSettings = {
  domain: 'papel.example',
  hostedZone: { id: 'Z0123456789ABCDEFGHIJ', name: 'papel.example' },
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000',
  alarmEmail: 'alarms@papel.example',
};

export const exampleFargate = {
  ...exampleSettings,
  compute: /** @type {const} */ ('fargate'),
  image: `ghcr.io/papel-example/papel-edge@sha256:${'0'.repeat(64)}`,
  geoAllowList: true,
};

/** The templates of all regions with the edge on Lambda, and of one with the edge on Fargate, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { makeApp } from './app.ts';
import { exampleFargate, exampleSettings } from './example-settings.mjs';
import type { HostRegion } from './settings.ts';

export type Templates = ReadonlyMap<string, Template>;

/** Where each stack goes, by its name. */
export const stackRegions = new Map<string, string>();

/** Throws where cdk-nag finds what has no reason beside it, and where CloudFormation would refuse a property. */
function synthesise(folder: string, context: unknown, only?: readonly HostRegion[]): Templates {
  const edgeCode = join(folder, 'code');
  mkdirSync(edgeCode);
  writeFileSync(join(edgeCode, 'lambda.js'), 'export const handler = () => ({ statusCode: 200 });\n');
  const app = makeApp({ context, edgeCode, outdir: join(folder, 'out'), only });
  app.synth();
  const stacks = app.node.findAll().filter((each) => each instanceof Stack);
  for (const { stackName, region } of stacks) stackRegions.set(stackName, region);
  return new Map(stacks.map((stack) => [stack.stackName, Template.fromStack(stack)]));
}

function inFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'papel-aws-'));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const templates = {
  lambda: inFolder((folder) => synthesise(folder, exampleSettings)),
  fargate: inFolder((folder) => synthesise(folder, exampleFargate, ['ap-southeast-1'])),
} as const;

export function findTemplate(compute: keyof typeof templates, stack: string): Template {
  const template = templates[compute].get(stack);
  if (template === undefined) throw new Error(`There is no stack ${stack}.`);
  return template;
}

/** One app for all regions: deploy/pipeline/synthesise.mjs and deploy-region.mjs make it. */
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CloudFrontAlarmsStack, RegionStack } from './region-stack.ts';
import { allHostRegions, cloudFrontRegion, readSettings, type HostRegion } from './settings.ts';

export interface AppOptions {
  /** Settings of deploy/aws/settings.ts, as an object or as JSON. */
  readonly context: unknown;
  /** Folder with the built edge of Lambda. */
  readonly edgeCode: string;
  /** For templates and assets. */
  readonly outdir: string;
  /** All of the registry, unless a test wants fewer. */
  readonly only?: readonly HostRegion[] | undefined;
}

export const nameStack = (region: HostRegion): string => `Papel-${region}`;
export const nameAlarmsStack = (region: HostRegion): string => `Papel-${region}-cloudfront`;

/** @throws RangeError where settings are wrong */
export function makeApp({ context, edgeCode, outdir, only = allHostRegions }: AppOptions): App {
  const settings = readSettings(context);
  const app = new App({
    outdir,
    analyticsReporting: false,
    // What CloudFormation would refuse ends the synthesis, and not the deployment.
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  for (const region of only) {
    new RegionStack(app, nameStack(region), {
      env: { region },
      region,
      settings,
      edgeCode,
      terminationProtection: true,
      description: `Papel in ${region}`,
    });
    new CloudFrontAlarmsStack(app, nameAlarmsStack(region), {
      env: { region: cloudFrontRegion },
      region,
      settings,
      description: `Alarms of the CloudFront distribution of Papel in ${region}`,
    });
  }
  Tags.of(app).add('app', 'papel');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}

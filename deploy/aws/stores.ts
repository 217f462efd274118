/** PostgreSQL and Redis for the edge on Fargate: in subnets that lead nowhere, over TLS, with passwords from secrets. */
import { Duration, RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secrets from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

const databasePort = 5433;
const redisPort = 6380;
const databaseName = 'papel';

/** Made by Secrets Manager, so that nobody has seen it. */
export function makeSecret(scope: Construct, id: string, description: string): secrets.Secret {
  const secret = new secrets.Secret(scope, id, {
    description,
    // Letters and digits: it goes into addresses and headers.
    generateSecretString: { passwordLength: 48, excludePunctuation: true },
  });
  Validations.of(secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason: 'Changed by hand, with a deployment: containers read it when they start, and ElastiCache with the stack.',
  });
  return secret;
}

export class Stores {
  readonly databaseUrl: string;
  readonly databasePassword: secrets.ISecret;
  readonly redisUrl: string;
  readonly redisPassword: secrets.Secret;

  constructor(scope: Construct, { vpc, from }: { readonly vpc: ec2.Vpc; readonly from: ec2.SecurityGroup }) {
    const group = new ec2.SecurityGroup(scope, 'StoresGroup', {
      vpc,
      description: 'Stores of the edge of Papel',
      allowAllOutbound: false,
    });
    group.addIngressRule(from, ec2.Port.tcp(databasePort), 'The edge');
    group.addIngressRule(from, ec2.Port.tcp(redisPort), 'The edge');
    const credentials = new rds.DatabaseSecret(scope, 'DatabaseSecret', { username: databaseName });
    Validations.of(credentials).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Changed by hand, with a deployment: containers read it when they start.',
    });
    const database = new rds.DatabaseInstance(scope, 'Database', {
      engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17 }),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
      vpc,
      vpcSubnets: { subnetGroupName: 'stores' },
      securityGroups: [group],
      credentials: rds.Credentials.fromSecret(credentials),
      databaseName,
      port: databasePort,
      multiAz: true,
      allocatedStorage: 20,
      maxAllocatedStorage: 100,
      storageType: rds.StorageType.GP3,
      storageEncrypted: true,
      // Shorter than counts are kept, so that a copy outlives nothing.
      backupRetention: Duration.days(7),
      deletionProtection: true,
      removalPolicy: RemovalPolicy.SNAPSHOT,
      autoMinorVersionUpgrade: true,
    });
    // RDS refuses connections without TLS from PostgreSQL 15 on. Its authority is none that Node knows, so the certificate
    // is not compared: the network is ours alone.
    this.databaseUrl = `postgres://${databaseName}@${database.instanceEndpoint.hostname}:${databasePort}/${databaseName}?sslmode=require`;
    this.databasePassword = credentials;

    this.redisPassword = makeSecret(scope, 'RedisPassword', 'Password of the Redis of Papel');
    const subnets = new elasticache.CfnSubnetGroup(scope, 'RedisSubnets', {
      description: 'Redis of the edge of Papel',
      subnetIds: vpc.selectSubnets({ subnetGroupName: 'stores' }).subnetIds,
    });
    const redis = new elasticache.CfnReplicationGroup(scope, 'Redis', {
      replicationGroupDescription: 'Counts of Papel on their way to PostgreSQL',
      engine: 'redis',
      engineVersion: '7.1',
      cacheNodeType: 'cache.t4g.small',
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      port: redisPort,
      cacheSubnetGroupName: subnets.ref,
      securityGroupIds: [group.securityGroupId],
      transitEncryptionEnabled: true,
      atRestEncryptionEnabled: true,
      // CloudFormation looks it up itself: the template holds its name.
      authToken: SecretValue.secretsManager(this.redisPassword.secretArn).unsafeUnwrap(),
    });
    this.redisUrl = `rediss://${redis.attrPrimaryEndPointAddress}:${redisPort}`;
  }
}

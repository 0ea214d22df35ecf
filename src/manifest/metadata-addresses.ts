/** An address at which a cloud hands out credentials or configuration of the node. */
export interface MetadataAddress {
  readonly address: string;
  /** Who answers there. */
  readonly provider: string;
}

/**
 * The metadata services of the clouds, IPv4 and IPv6 (NET-26). 100.100.100.200 and 168.63.129.16 lie outside the
 * link-local range, so blocking that range is not enough.
 */
export const METADATA_ADDRESSES: readonly MetadataAddress[] = [
  { address: '169.254.169.254', provider: 'AWS, Google Cloud, Azure, OpenStack, Oracle' },
  { address: '169.254.170.2', provider: 'AWS ECS credentials' },
  { address: '169.254.170.23', provider: 'AWS EKS Pod Identity' },
  { address: '100.100.100.200', provider: 'Alibaba Cloud' },
  { address: '168.63.129.16', provider: 'Azure wire server' },
  { address: 'fd00:ec2::254', provider: 'AWS' },
  { address: 'fd00:ec2::23', provider: 'AWS EKS Pod Identity' },
  { address: 'fd20:ce::254', provider: 'Google Cloud' },
  { address: 'fd00:c1::a9fe:a9fe', provider: 'Oracle' },
];

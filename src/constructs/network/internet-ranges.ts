/** IPv4 of the internet: everything but what `NOT_INTERNET_V4` names. */
export const INTERNET_V4 = '0.0.0.0/0';

/**
 * Global unicast, all that the internet has of IPv6 (RFC 4291 §2.4). Taken instead of `::/0` with exceptions, so that
 * unique local (fc00::/7: pods, Services, metadata), link-local, IPv4-mapped and NAT64 addresses, which lead back to
 * IPv4 metadata, are outside by construction.
 */
export const INTERNET_V6 = '2000::/3';

/**
 * What is not the internet (IANA IPv4 Special-Purpose Address Registry), so that a way out is no way to pods, Services,
 * nodes and neighbours: a policy engine may match `ipBlock` against pod addresses too. The metadata address outside
 * these ranges (168.63.129.16) is added where the block is made. The documentation ranges are nobody's and left out.
 */
export const NOT_INTERNET_V4: readonly string[] = [
  '0.0.0.0/8', // this host
  '10.0.0.0/8', // private, RFC 1918: the usual pod and Service ranges
  '100.64.0.0/10', // carrier-grade NAT, RFC 6598: pods on some clouds, Alibaba's metadata
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local, RFC 3927: metadata, NodeLocal DNSCache, pod identity agents
  '172.16.0.0/12', // private, RFC 1918
  '192.0.0.0/24', // protocol assignments, RFC 6890
  '192.168.0.0/16', // private, RFC 1918
  '198.18.0.0/15', // benchmarks, RFC 2544; used inside clouds
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved; pods on some clouds
];

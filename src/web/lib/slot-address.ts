export interface SlotAddress {
  readonly namespace?: string | undefined;
  readonly service: string;
  readonly environment: string;
}

/** `namespace/service@environment`, each part encoded: what `?slot=` carries. */
export function formatSlotAddress({ namespace, service, environment }: SlotAddress): string {
  const group = namespace ? `${encodeURIComponent(namespace)}/` : '';
  return `${group}${encodeURIComponent(service)}@${encodeURIComponent(environment)}`;
}

/** Reads what formatSlotAddress wrote; undefined for anything else, as a link may have been cut. */
export function parseSlotAddress(text: string): SlotAddress | undefined {
  const [, namespace, service, environment] = /^(?:([^/@]+)\/)?([^/@]+)@([^/@]+)$/.exec(text) ?? [];
  if (service === undefined || environment === undefined) return undefined;
  try {
    return {
      ...(namespace === undefined ? {} : { namespace: decodeURIComponent(namespace) }),
      service: decodeURIComponent(service),
      environment: decodeURIComponent(environment),
    };
  } catch {
    return undefined;
  }
}

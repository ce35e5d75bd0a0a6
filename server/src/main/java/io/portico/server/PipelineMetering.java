package io.portico.server;

import io.portico.gateway.control.v1.Metering;
import io.portico.gateway.execute.usage.LedgerException;
import io.portico.gateway.execute.usage.MeteredKey;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.model.UsageDayRecord;
import io.portico.gateway.snapshot.UsageQuota;
import io.portico.gateway.store.StoreException;
import java.util.List;
import java.util.function.Supplier;

/** What API keys have used, by the meters of the pipeline that answers the calls of APIs. */
final class PipelineMetering implements Metering {
  private final UsageMeters meters;

  PipelineMetering(UsageMeters meters) {
    this.meters = meters;
  }

  @Override
  public List<UsageDayRecord> days(
      String scope, String usagePlanId, String keyId, long from, long to) {
    MeteredKey key = new MeteredKey(scope, usagePlanId, keyId);
    return asked(() -> meters.days(key, from, to)).stream()
        .map(day -> StoredUsage.record(key, day))
        .toList();
  }

  @Override
  public void leave(
      String scope, String usagePlanId, String keyId, UsageQuota quota, long day, long remaining) {
    long _ =
        asked(
            () -> {
              meters.leave(new MeteredKey(scope, usagePlanId, keyId), quota, day, remaining);
              return remaining;
            });
  }

  /** A ledger that fails is a store that does. */
  private static <T> T asked(Supplier<T> work) {
    try {
      return work.get();
    } catch (LedgerException e) {
      throw new StoreException("usage: " + e.getMessage(), e);
    }
  }
}

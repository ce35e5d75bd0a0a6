package io.portico.gateway.control.v1;

import io.portico.gateway.model.UsageDayRecord;
import io.portico.gateway.snapshot.UsageQuota;
import java.util.List;

/**
 * What API keys have used of usage plans, as it is counted now. The wiring fills it: who counts is
 * not known here.
 */
public interface Metering {

  /**
   * A key's days in a plan, to the last request; days without one may be left out.
   *
   * @param from the first day, since 1970-01-01, UTC
   * @param to the last
   */
  List<UsageDayRecord> days(String scope, String usagePlanId, String keyId, long from, long to);

  /**
   * Leaves a key so many requests of its quota until the period ends; when this returns, they are
   * what calls meet, and survive the process.
   *
   * @param day today, since 1970-01-01, UTC
   */
  void leave(
      String scope, String usagePlanId, String keyId, UsageQuota quota, long day, long remaining);
}

package io.portico.gateway.execute.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.cache.Eventually;
import io.portico.gateway.execute.usage.UsageMeters.Admission;
import io.portico.gateway.snapshot.UsageQuota;
import io.portico.gateway.snapshot.UsageQuota.Period;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UsageMetersTest {
  private static final MeteredKey KEY = new MeteredKey("account/region", "plan", "key");
  private static final Duration LONG = Duration.ofMinutes(1);

  /** A Sunday. */
  private static final long DAY = LocalDate.parse("2026-11-29").toEpochDay();

  private static final UsageQuota THREE_A_DAY = new UsageQuota(3, 0, Period.DAY);

  private KeptLedger ledger = new KeptLedger();
  private volatile long today = DAY;
  private final AtomicLong passed = new AtomicLong();
  private UsageMeters meters = meters(Duration.ofDays(1));

  private UsageMeters meters(Duration idle) {
    return meters(Duration.ofDays(1), idle);
  }

  private UsageMeters meters(Duration rounds, Duration idle) {
    return new UsageMeters(ledger, new TodaysClock(), this::now, rounds, idle);
  }

  private long now() {
    return System.nanoTime() + passed.get();
  }

  /** Noon of the day that a test says it is. */
  private final class TodaysClock extends Clock {
    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(today * 24 * 3600 + 12 * 3600);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @AfterEach
  void close() {
    ledger.readable = true;
    ledger.writable = true;
    meters.close();
  }

  @Test
  void admitsWhatTheQuotaHasAndNoMore() {
    assertThat(admitted(10, THREE_A_DAY)).isEqualTo(3);
  }

  @Test
  void aNewPeriodHasTheWholeLimitAgain() {
    UsageQuota weekly = new UsageQuota(5, 0, Period.WEEK);
    assertThat(admitted(4, weekly)).isEqualTo(4);

    today = DAY + 6;
    assertThat(admitted(4, weekly)).isEqualTo(1);
    today = DAY + 7;
    assertThat(admitted(9, weekly)).isEqualTo(5);
  }

  @Test
  void keysAndPlansAreApart() {
    MeteredKey other = new MeteredKey("account/region", "plan", "other");
    MeteredKey otherPlan = new MeteredKey("account/region", "platinum", "key");
    admitted(3, THREE_A_DAY);

    assertThat(admit(other, THREE_A_DAY)).isEqualTo(Admission.ADMITTED);
    assertThat(admit(otherPlan, THREE_A_DAY)).isEqualTo(Admission.ADMITTED);
    assertThat(admit(KEY, THREE_A_DAY)).isEqualTo(Admission.EXHAUSTED);
  }

  @Test
  void aBlockIsDownAsUsedBeforeItsFirstRequestIsAdmitted() {
    UsageQuota large = new UsageQuota(5_000, 0, Period.DAY);

    for (int i = 1; i <= 500; i++) {
      assertThat(admit(KEY, large)).isEqualTo(Admission.ADMITTED);
      assertThat(ledger.used(KEY, DAY)).isBetween((long) i, i + 50L + 25);
    }
  }

  @Test
  void afterAKillNoMoreIsAdmittedThanTheQuotaHasAndNoMoreThanABlockIsLost() {
    UsageQuota large = new UsageQuota(1_000, 0, Period.MONTH);
    int before = admitted(333, large);

    killed();
    int after = admitted(1_000, large);

    assertThat(before).isEqualTo(333);
    assertThat(before + after).isBetween(1_000 - Lease.block(large), 1_000);
  }

  @Test
  void anOrderlyEndLosesNothing() {
    UsageQuota large = new UsageQuota(1_000, 0, Period.MONTH);
    int before = admitted(333, large);

    meters.close();
    assertThat(ledger.used(KEY, DAY)).isEqualTo(333);
    meters = meters(Duration.ofDays(1));

    assertThat(before + admitted(1_000, large)).isEqualTo(1_000);
  }

  @Test
  void usageIsShownToTheLastRequest() {
    UsageQuota large = new UsageQuota(5_000, 0, Period.MONTH);
    admitted(7, large);
    today = DAY + 1;
    admitted(5, large);

    assertThat(meters.days(KEY, DAY - 1, DAY + 1))
        .containsExactly(new UsedDay(DAY, 7, 0, 4_993L), new UsedDay(DAY + 1, 5, 0, 4_988L));
  }

  @Test
  void withoutAQuotaEverythingIsAdmittedAndCounted() {
    assertThat(admitted(1_000, null)).isEqualTo(1_000);

    assertThat(meters.days(KEY, DAY, DAY)).containsExactly(new UsedDay(DAY, 1_000, 0, null));
    assertThat(ledger.used(KEY, DAY)).isZero();
    meters.settle();
    assertThat(ledger.used(KEY, DAY)).isEqualTo(1_000);
    admitted(1, null);
    assertThat(meters.days(KEY, DAY, DAY)).containsExactly(new UsedDay(DAY, 1_001, 0, null));
  }

  @Test
  void whatIsCountedWithoutAQuotaIsReadOnceAndWrittenWhereItHasChanged() {
    for (int i = 0; i < 5; i++) {
      admitted(10, null);
      meters.settle();
      meters.settle();
    }

    assertThat(ledger.reads).hasValue(1);
    assertThat(ledger.writes).hasValue(5);
    assertThat(ledger.used(KEY, DAY)).isEqualTo(50);
  }

  @Test
  void withoutAQuotaTheLedgerIsNotWaitedFor() {
    ledger.readable = false;
    ledger.writable = false;

    assertThat(admitted(10, null)).isEqualTo(10);
    today = DAY + 1;
    assertThat(admitted(10, null)).isEqualTo(10);
    assertThatThrownBy(() -> meters.settle()).isInstanceOf(LedgerException.class);

    ledger.readable = true;
    ledger.writable = true;
    meters.settle();
    assertThat(ledger.used(KEY, DAY)).isEqualTo(10);
    assertThat(ledger.used(KEY, DAY + 1)).isEqualTo(10);
  }

  @Test
  void aQuotaThatComesLaterKnowsWhatWasUsedBefore() {
    admitted(2, null);

    assertThat(admitted(5, THREE_A_DAY)).isEqualTo(1);
    assertThat(admitted(5, null)).isEqualTo(5);
    assertThat(meters.days(KEY, DAY, DAY)).extracting(UsedDay::used).containsExactly(8L);
  }

  @Test
  void aChangedLimitHoldsAtOnceForWhatIsLeftOfThePeriod() {
    admitted(3, THREE_A_DAY);

    assertThat(admitted(9, new UsageQuota(5, 0, Period.DAY))).isEqualTo(2);
    assertThat(admitted(9, new UsageQuota(4, 0, Period.DAY))).isZero();
    assertThat(admitted(9, new UsageQuota(20, 0, Period.MONTH))).isEqualTo(9);
    assertThat(admitted(9, new UsageQuota(20, 0, Period.MONTH))).isEqualTo(6);
  }

  @Test
  void whatIsLeftCanBeSetForThisPeriodOnly() {
    admitted(3, THREE_A_DAY);

    meters.leave(KEY, THREE_A_DAY, DAY, 2);
    assertThat(admitted(9, THREE_A_DAY)).isEqualTo(2);
    meters.leave(KEY, THREE_A_DAY, DAY, 9);
    meters.leave(KEY, THREE_A_DAY, DAY, 0);
    assertThat(admitted(9, THREE_A_DAY)).isZero();
    assertThat(meters.days(KEY, DAY, DAY)).containsExactly(new UsedDay(DAY, 5, 2, 0L));

    today = DAY + 1;
    assertThat(admitted(9, THREE_A_DAY)).isEqualTo(3);
  }

  @Test
  void whatWasLeftSurvivesAKill() {
    UsageQuota weekly = new UsageQuota(3, 0, Period.WEEK);
    admitted(3, weekly);
    meters.leave(KEY, weekly, DAY, 4);
    killed();
    today = DAY + 2;

    assertThat(admitted(9, weekly)).isBetween(3, 4);
  }

  @Test
  void whatCannotBeWrittenIsNotLeft() {
    admitted(1, THREE_A_DAY);
    ledger.writable = false;

    assertThatThrownBy(() -> meters.leave(KEY, THREE_A_DAY, DAY, 9))
        .isInstanceOf(LedgerException.class);

    ledger.writable = true;
    assertThat(admitted(9, THREE_A_DAY)).isEqualTo(2);
  }

  @Test
  void whereTheLedgerFailsAKeyHasWhatIsLeftOfItsBlock() {
    UsageQuota large = new UsageQuota(5_000, 0, Period.DAY);
    admitted(1, large);
    ledger.writable = false;

    List<Admission> outcomes = new ArrayList<>();
    for (int i = 0; i < 80; i++) {
      outcomes.add(admit(KEY, large));
    }

    assertThat(outcomes.subList(0, 49)).containsOnly(Admission.ADMITTED);
    assertThat(outcomes.subList(49, 80)).containsOnly(Admission.UNKNOWN);
    ledger.writable = true;
    assertThat(admit(KEY, large)).isEqualTo(Admission.ADMITTED);
    assertThat(meters.days(KEY, DAY, DAY)).extracting(UsedDay::used).containsExactly(51L);
  }

  @Test
  void aKeyWhoseUsageIsNotKnownIsNotAdmitted() {
    ledger.readable = false;

    assertThat(admit(KEY, THREE_A_DAY)).isEqualTo(Admission.UNKNOWN);

    ledger.readable = true;
    assertThat(admitted(9, THREE_A_DAY)).isEqualTo(3);
  }

  @Test
  void aClockThatGoesBackGivesNothingBack() {
    today = DAY + 1;
    admitted(3, THREE_A_DAY);
    today = DAY;

    assertThat(admitted(3, THREE_A_DAY)).isZero();
  }

  @Test
  void metersThatNobodyUsesLeaveTheMemoryAndGiveBackWhatTheyReserved() {
    meters.close();
    meters = meters(Duration.ZERO);
    UsageQuota large = new UsageQuota(5_000, 0, Period.DAY);
    admitted(7, large);
    MeteredKey other = new MeteredKey("account/region", "plan", "other");
    admit(other, null);

    meters.settle();

    assertThat(meters.size()).isZero();
    assertThat(ledger.used(KEY, DAY)).isEqualTo(7);
    assertThat(ledger.used(other, DAY)).isEqualTo(1);
    assertThat(admitted(10_000, large)).isEqualTo(4_993);
  }

  @Test
  void aDayThatIsOverIsWrittenToTheRequest() {
    UsageQuota large = new UsageQuota(5_000, 0, Period.DAY);
    admitted(7, large);
    today = DAY + 1;

    meters.settle();

    assertThat(ledger.used(KEY, DAY)).isEqualTo(7);
    assertThat(ledger.forgottenBefore).isEqualTo(DAY + 1 - UsageMeters.KEPT);
  }

  @Test
  void manyThreadsGetTheLimitBetweenThemWhateverTheWriterDoes() throws Exception {
    meters.close();
    meters = meters(Duration.ofMillis(1), Duration.ZERO);
    UsageQuota large = new UsageQuota(40_000, 0, Period.DAY);
    int threads = 8;
    int admitted = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(() -> admitted(6_000, large));
      }
      for (Future<Integer> task : executor.invokeAll(tasks)) {
        admitted += task.get();
      }
    }

    assertThat(admitted).isEqualTo(40_000);
    assertThat(meters.days(KEY, DAY, DAY)).extracting(UsedDay::used).containsExactly(40_000L);
  }

  @Test
  void manyThreadsAreCountedWithoutAQuotaWhateverTheWriterDoes() throws Exception {
    meters.close();
    meters = meters(Duration.ofMillis(1), Duration.ZERO);
    int threads = 8;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        tasks.add(() -> admitted(20_000, null));
      }
      for (Future<Integer> task : executor.invokeAll(tasks)) {
        assertThat(task.get()).isEqualTo(20_000);
      }
    }

    meters.close();
    assertThat(ledger.used(KEY, DAY)).isEqualTo(160_000);
  }

  @Test
  void whoeverWaitsIsAdmittedByTheNextWriteHoweverSmallTheQuota() throws Exception {
    UsageQuota small = new UsageQuota(60, 0, Period.DAY);
    CountDownLatch written = new CountDownLatch(1);
    ledger.beforeWrites = () -> await(written);
    List<Future<Admission>> all = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        all.add(executor.submit(() -> admit(KEY, small)));
      }
      awaitWaiting(KEY, 50);
      written.countDown();
      for (Future<Admission> each : all) {
        assertThat(each.get()).isEqualTo(Admission.ADMITTED);
      }
    }

    assertThat(ledger.writes).hasValueLessThan(10);
    assertThat(admitted(50, small)).isEqualTo(10);
  }

  @Test
  void thePatienceIsForAllThatTheLedgerIsWaitedForTogether() throws Exception {
    MeteredKey other = new MeteredKey("account/region", "plan", "other");
    UsageQuota changed = new UsageQuota(4, 0, Period.DAY);
    CountDownLatch written = new CountDownLatch(1);
    ledger.beforeWrites =
        () -> {
          await(written);
          passed.addAndGet(LONG.toNanos());
        };
    Future<Admission> before = asking(other, THREE_A_DAY);
    Future<Admission> served = asking(KEY, THREE_A_DAY);
    // What the one before has asked for is no use to it: it has to ask again.
    Future<Admission> late = asking(KEY, changed);
    written.countDown();

    assertThat(before.get()).isEqualTo(Admission.ADMITTED);
    assertThat(served.get()).isEqualTo(Admission.ADMITTED);
    assertThat(late.get()).isEqualTo(Admission.UNKNOWN);
  }

  /** A request that waits for the ledger: it has asked, and is not only counted as waiting. */
  private Future<Admission> asking(MeteredKey key, UsageQuota quota) throws InterruptedException {
    FutureTask<Admission> request = new FutureTask<>(() -> admit(key, quota));
    Thread thread = Thread.startVirtualThread(request);
    Eventually.holds(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return request;
  }

  @Test
  void nobodyWaitsBeyondTheRequestsDeadline() {
    assertThat(meters.admit(KEY, THREE_A_DAY, today, LONG, now())).isEqualTo(Admission.UNKNOWN);
    assertThat(meters.admit(KEY, null, today, LONG, now())).isEqualTo(Admission.ADMITTED);
  }

  /** The meters are no more; what the ledger has is all that is left. */
  private void killed() {
    KeptLedger left = ledger.copy();
    meters.close();
    ledger = left;
    meters = meters(Duration.ofDays(1));
  }

  private int admitted(int requests, @Nullable UsageQuota quota) {
    int admitted = 0;
    for (int i = 0; i < requests; i++) {
      if (admit(KEY, quota) == Admission.ADMITTED) {
        admitted++;
      }
    }
    return admitted;
  }

  private Admission admit(MeteredKey key, @Nullable UsageQuota quota) {
    return meters.admit(key, quota, today, LONG, now() + LONG.toNanos());
  }

  private void awaitWaiting(MeteredKey key, int requests) throws InterruptedException {
    Eventually.holds(() -> meters.waiting(key) == requests);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.model.cloudwatch.AlarmHistoryRecord;
import io.portico.gateway.store.RecordWriter;
import io.portico.gateway.store.Records;
import io.portico.gateway.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells those who are to hear of alarms, one after the other, on a thread of its own; whoever
 * cannot be reached is tried again a few times. What comes of it is in the alarm's history.
 */
// Nobody waits for what is done here.
@SuppressWarnings("FutureReturnValueIgnored")
final class AlarmActions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmActions.class);

  /** What is beyond has failed, as its history says. */
  static final int MOST_WAITING = 1_000;

  /** What is beyond is in no history, either. */
  static final int MOST_HELD = 2 * MOST_WAITING;

  /** How long an end may take. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final Records records;
  private final AlarmHistory history;
  private final AlarmNotifier notifier;
  private final List<Duration> pauses;
  private final ScheduledThreadPoolExecutor thread;

  /** Those of which nothing has come yet. Two may be alike. */
  private final Set<Action> held =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  private final AtomicLong untold = new AtomicLong();

  /**
   * @param pauses before each attempt but the first
   */
  AlarmActions(
      Records records, AlarmHistory history, AlarmNotifier notifier, List<Duration> pauses) {
    this.records = records;
    this.history = history;
    this.notifier = notifier;
    this.pauses = pauses;
    this.thread =
        new ScheduledThreadPoolExecutor(
            1, task -> Thread.ofPlatform().daemon().name("alarm-actions").unstarted(task));
    this.thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** One action of one alarm. */
  private record Action(
      AlarmPlace place,
      String alarm,
      AlarmNotifier.Notice notice,
      ObjectNode message,
      long stateMillis) {}

  /** How many have neither been told nor are in a history. */
  long untold() {
    return untold.get();
  }

  /**
   * Will be told. It is called where a change was just committed, and another one cannot be made:
   * what is too much is written down by the thread.
   */
  void tell(
      AlarmPlace place,
      String alarm,
      AlarmNotifier.Notice notice,
      ObjectNode message,
      long stateMillis) {
    Action action = new Action(place, alarm, notice, message, stateMillis);
    int waiting = held.size();
    if (waiting >= MOST_HELD) {
      lost(action, "too many actions wait");
      return;
    }
    held.add(action);
    try {
      thread.execute(
          waiting < MOST_WAITING
              ? () -> attempt(action, 0)
              : () -> done(action, "too many actions wait"));
    } catch (RejectedExecutionException e) {
      held.remove(action);
      lost(action, "the process ends");
    }
  }

  private void lost(Action action, String why) {
    untold.incrementAndGet();
    LOG.warn("alarm {}: {} is not told, as {}", action.alarm, action.notice.arn(), why);
  }

  private void attempt(Action action, int attempt) {
    try {
      notifier.send(action.notice);
      done(action, null);
    } catch (AlarmNotifier.UnreachableException e) {
      done(action, String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      if (attempt < pauses.size() && !thread.isShutdown()) {
        thread.schedule(
            () -> attempt(action, attempt + 1),
            pauses.get(attempt).toMillis(),
            TimeUnit.MILLISECONDS);
      } else {
        done(action, e.toString());
      }
    }
  }

  private void done(Action action, @Nullable String failure) {
    done(List.of(action), failure);
  }

  private void done(List<Action> actions, @Nullable String failure) {
    List<Action> all = actions.stream().filter(held::remove).toList();
    if (all.isEmpty()) {
      return;
    }
    try {
      records.write(
          writer -> {
            all.forEach(action -> add(writer, action, failure));
            return all;
          });
    } catch (StoreException e) {
      LOG.error("alarm {}: its history cannot be written", all.getFirst().alarm, e);
    }
  }

  /** AWS: the words of the history; source: reported by users of AWS's clients. */
  private void add(RecordWriter writer, Action action, @Nullable String failure) {
    String arn = action.notice.arn();
    String summary =
        failure == null
            ? "Successfully executed action " + arn
            : "Failed to execute action %s. Received error: \"%s\"".formatted(arn, failure);
    if (failure != null) {
      LOG.warn("alarm {}: {}", action.alarm, summary);
    }
    history.add(
        writer,
        action.place,
        action.alarm,
        AlarmHistoryRecord.Type.ACTION,
        summary,
        AlarmTexts.action(arn, action.stateMillis, failure, action.message));
  }

  /** Whoever is being told has a moment; those who were not are in the history. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
    List<Action> left;
    synchronized (held) {
      left = List.copyOf(held);
    }
    done(left, "the process ended");
  }
}

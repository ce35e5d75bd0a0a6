package io.portico.gateway.control.cloudwatch;

import io.portico.gateway.model.cloudwatch.AlarmHistoryRecord;
import io.portico.gateway.store.Records;
import io.portico.gateway.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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

  /** What is beyond has failed. */
  private static final int MOST_WAITING = 1_000;

  private final Records records;
  private final AlarmHistory history;
  private final AlarmNotifier notifier;
  private final List<Duration> pauses;
  private final ScheduledThreadPoolExecutor thread;

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
  }

  /** One action of one alarm. */
  private record Action(
      AlarmPlace place,
      String alarm,
      AlarmNotifier.Notice notice,
      ObjectNode message,
      long stateMillis) {}

  /** Will be told. */
  void tell(
      AlarmPlace place,
      String alarm,
      AlarmNotifier.Notice notice,
      ObjectNode message,
      long stateMillis) {
    Action action = new Action(place, alarm, notice, message, stateMillis);
    if (thread.getQueue().size() >= MOST_WAITING) {
      done(action, "too many actions wait");
      return;
    }
    try {
      thread.execute(() -> attempt(action, 0));
    } catch (RejectedExecutionException e) {
      LOG.warn("the alarm {} came too late to tell {}", alarm, notice.arn());
    }
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

  /** AWS: the words of the history; source: reported by users of AWS's clients. */
  private void done(Action action, @Nullable String failure) {
    String arn = action.notice.arn();
    String summary =
        failure == null
            ? "Successfully executed action " + arn
            : "Failed to execute action %s. Received error: \"%s\"".formatted(arn, failure);
    if (failure != null) {
      LOG.warn("alarm {}: {}", action.alarm, summary);
    }
    try {
      records.write(
          writer -> {
            history.add(
                writer,
                action.place,
                action.alarm,
                AlarmHistoryRecord.Type.ACTION,
                summary,
                AlarmTexts.action(arn, action.stateMillis, failure, action.message));
            return action;
          });
    } catch (StoreException e) {
      LOG.error("alarm {}: its history cannot be written", action.alarm, e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package io.portico.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Deadlines of a loop, in real time: an early one is never late by much, none is early, none comes
 * twice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeadlinesTest {
  private final EventLoops loops =
      EventLoops.start(new EventLoops.Config(1, null, RequestThreads.onDefaultScheduler()));
  private final Loop loop = loops.all().getFirst();
  private final BlockingQueue<String> expired = new LinkedBlockingQueue<>();

  private final class Named extends Deadline {
    private final String name;
    private long due;

    Named(String name) {
      super(loop);
      this.name = name;
    }

    void inMillis(long millis) {
      long now = System.nanoTime();
      due = now + TimeUnit.MILLISECONDS.toNanos(millis);
      after(now, TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    protected void expired() {
      expired.add(System.nanoTime() - due < 0 ? name + " early" : name);
    }
  }

  @AfterAll
  void close() {
    loops.close();
  }

  private void onLoop(Runnable work) throws Exception {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    loop.execute(
        () -> {
          work.run();
          done.complete(true);
        });
    done.get(20, TimeUnit.SECONDS);
  }

  private String next() throws InterruptedException {
    return String.valueOf(expired.poll(20, TimeUnit.SECONDS));
  }

  @Test
  void expireInOrderOfTime() throws Exception {
    onLoop(
        () -> {
          // Whoever is to be later is set later: so a slow loop turns nothing round.
          new Named("first").inMillis(50);
          new Named("second").inMillis(150);
          new Named("third").inMillis(300);
        });

    assertThat(List.of(next(), next(), next())).containsExactly("first", "second", "third");
  }

  @Test
  void moveEarlierAndLaterAndAreTakenBack() throws Exception {
    List<Named> moved = new ArrayList<>();
    onLoop(
        () -> {
          Named later = new Named("later");
          later.inMillis(30);
          later.inMillis(400);
          Named earlier = new Named("earlier");
          earlier.inMillis(60_000);
          earlier.inMillis(100);
          Named never = new Named("never");
          never.inMillis(60);
          never.clear();
          moved.addAll(List.of(later, earlier, never));
        });

    assertThat(List.of(next(), next())).containsExactly("earlier", "later");
    onLoop(() -> assertThat(moved).noneMatch(Deadline::isSet));
  }

  @Test
  void mayBeSetAgainWhenTheyExpire() throws Exception {
    onLoop(
        () ->
            new Deadline(loop) {
              private int times;

              @Override
              protected void expired() {
                expired.add("again " + ++times);
                if (times < 3) {
                  in(1);
                }
              }
            }.in(1));

    assertThat(List.of(next(), next(), next())).containsExactly("again 1", "again 2", "again 3");
  }

  @Test
  void mayTakeBackOthersThatAreDueWithThem() throws Exception {
    onLoop(
        () -> {
          List<Deadline> both = new ArrayList<>();
          for (int i = 0; i < 2; i++) {
            Deadline one =
                new Deadline(loop) {
                  @Override
                  protected void expired() {
                    expired.add("one of two");
                    both.forEach(Deadline::clear);
                  }
                };
            both.add(one);
            one.in(TimeUnit.MILLISECONDS.toNanos(30));
          }
          new Named("after").inMillis(200);
        });

    assertThat(List.of(next(), next())).containsExactly("one of two", "after");
  }

  @Test
  void expireOnceEachHoweverTheyAreMoved() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int count = 500;
    onLoop(
        () -> {
          for (int i = 0; i < count; i++) {
            Named one = new Named("d" + i);
            for (int moves = random.nextInt(4); moves >= 0; moves--) {
              one.inMillis(random.nextInt(300));
              if (random.nextInt(5) == 0) {
                one.clear();
              }
            }
            one.inMillis(random.nextInt(300));
          }
        });

    List<String> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seen.add(next());
    }
    assertThat(seen).as("seed " + seed).doesNotHaveDuplicates().noneMatch(n -> n.endsWith("early"));
    assertThat(expired).as("seed " + seed).isEmpty();
  }
}

package io.portico.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual threads on event loops, and without. */
final class RequestThreadsTest {
  private final List<EventLoops> started = new ArrayList<>();

  private Loop loop(boolean onLoops) {
    EventLoops loops =
        EventLoops.start(
            new EventLoops.Config(
                1, null, onLoops ? RequestThreads.best() : RequestThreads.onDefaultScheduler()));
    started.add(loops);
    return loops.all().getFirst();
  }

  @AfterEach
  void close() {
    started.forEach(EventLoops::close);
  }

  private static <T> T await(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  /** What a virtual thread says of its carrier: {@code VirtualThread[#30]/runnable@carrier}. */
  private static String carrier() {
    String text = Thread.currentThread().toString();
    return text.substring(text.indexOf('@') + 1);
  }

  @Test
  void thisJdkLetsThreadsRunOnEventLoops() {
    assertThat(RequestThreads.canScheduleOnLoops()).isTrue();
    assertThat(RequestThreads.best().onLoops()).isTrue();
    assertThat(RequestThreads.onDefaultScheduler().onLoops()).isFalse();
  }

  @Test
  void runsARequestOnItsLoopsThread() throws Exception {
    Loop loop = loop(true);
    CompletableFuture<String> loopName = new CompletableFuture<>();
    CompletableFuture<String> carrier = new CompletableFuture<>();

    loop.execute(
        () -> {
          loopName.complete(Thread.currentThread().getName());
          loop.start(() -> carrier.complete(carrier()), false);
        });

    assertThat(await(carrier)).isEqualTo(await(loopName));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anErrorInWorkThatIsHandedOverKeepsNothingFromBeingDone(boolean onLoops) throws Exception {
    Loop loop = loop(onLoops);
    CompletableFuture<String> next = new CompletableFuture<>();

    loop.execute(
        () ->
            loop.start(
                () -> {
                  loop.handOver(
                      () -> {
                        throw new LinkageError("on purpose");
                      });
                  loop.handOver(() -> next.complete("done"));
                },
                false));

    assertThat(await(next)).isEqualTo("done");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void runsAHeavyRequestElsewhere(boolean onLoops) throws Exception {
    Loop loop = loop(onLoops);
    CompletableFuture<String> carrier = new CompletableFuture<>();

    loop.execute(() -> loop.start(() -> carrier.complete(carrier()), true));

    assertThat(await(carrier)).startsWith("ForkJoinPool");
  }

  @Test
  void runsEverythingElsewhereInTheFallback() throws Exception {
    Loop loop = loop(false);
    CompletableFuture<String> carrier = new CompletableFuture<>();

    loop.execute(() -> loop.start(() -> carrier.complete(carrier()), false));

    assertThat(await(carrier)).startsWith("ForkJoinPool");
  }

  @Test
  void aThreadThatComputesForLongLeavesItsLoop() throws Exception {
    Loop loop = loop(true);
    CompletableFuture<List<String>> carriers = new CompletableFuture<>();
    CompletableFuture<List<Integer>> answers = new CompletableFuture<>();

    loop.execute(
        () ->
            loop.start(
                () -> {
                  List<String> seen = new ArrayList<>();
                  seen.add(carrier());
                  new LoopCarrier().computingForLong();
                  seen.add(carrier());
                  carriers.complete(seen);
                  answers.complete(List.of(Question.ask(loop, 1), Question.ask(loop, 2)));
                },
                false));

    assertThat(await(carriers).getFirst()).doesNotStartWith("compute-");
    assertThat(await(carriers).getLast()).startsWith("compute-");
    assertThat(await(answers)).containsExactly(2, 4);
  }

  @Test
  void aComputationThatLastsLeavesItsLoopByItself() throws Exception {
    Loop loop = loop(true);
    CompletableFuture<Boolean> loopIsFree = new CompletableFuture<>();
    CompletableFuture<String> carrier = new CompletableFuture<>();

    loop.execute(
        () -> {
          loop.start(
              () -> {
                while (!loopIsFree.isDone()) {
                  new LoopCarrier().computing();
                }
                carrier.complete(carrier());
              },
              false);
          loop.execute(() -> loopIsFree.complete(true));
        });

    assertThat(await(carrier)).startsWith("compute-");
  }

  @Test
  void aComputationStartsAnewAfterAWait() throws Exception {
    Loop loop = loop(true);
    CompletableFuture<String> carrier = new CompletableFuture<>();

    loop.execute(
        () ->
            loop.start(
                () -> {
                  new LoopCarrier().computing();
                  long start = System.nanoTime();
                  while (System.nanoTime() - start < 5_000_000) {
                    Question.ask(loop, 1);
                    new LoopCarrier().computing();
                  }
                  carrier.complete(carrier());
                },
                false));

    assertThat(await(carrier)).doesNotStartWith("compute-");
  }

  /** Keeps several threads for each carrier computing until what it gives is complete. */
  private static CompletableFuture<Boolean> computingElsewhere(Loop loop) throws Exception {
    CompletableFuture<Boolean> stop = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(4 * Runtime.getRuntime().availableProcessors());

    loop.execute(
        () -> {
          for (long i = begun.getCount(); i > 0; i--) {
            loop.start(
                () -> {
                  new LoopCarrier().computingForLong();
                  begun.countDown();
                  while (!stop.isDone()) {
                    new LoopCarrier().computing();
                  }
                },
                false);
          }
        });
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    return stop;
  }

  @Test
  void threadsThatComputeElsewhereLetOthersRun() throws Exception {
    Loop loop = loop(true);
    CompletableFuture<Boolean> stop = computingElsewhere(loop);
    CompletableFuture<String> carrier = new CompletableFuture<>();
    loop.execute(
        () ->
            loop.start(
                () -> {
                  new LoopCarrier().computingForLong();
                  carrier.complete(carrier());
                },
                false));

    try {
      assertThat(await(carrier)).startsWith("compute-");
    } finally {
      stop.complete(true);
    }
  }

  @Test
  void threadsThatComputeElsewhereLeaveTheJdksSchedulerToOthers() throws Exception {
    Loop loop = loop(true);
    CompletableFuture<Boolean> stop = computingElsewhere(loop);
    CompletableFuture<Boolean> other = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> other.complete(true));

    try {
      assertThat(await(other)).isTrue();
    } finally {
      stop.complete(true);
    }
  }

  @Test
  void otherThreadsComputeWhereTheyAre() {
    String before = Thread.currentThread().getName();

    new LoopCarrier().computing();
    new LoopCarrier().computingForLong();

    assertThat(Thread.currentThread().getName()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRequestIsNeverTheLoopItselfButKnowsIt(boolean onLoops) throws Exception {
    Loop loop = loop(onLoops);
    CompletableFuture<Boolean> virtual = new CompletableFuture<>();
    CompletableFuture<Boolean> inEventLoop = new CompletableFuture<>();
    CompletableFuture<Boolean> knows = new CompletableFuture<>();

    loop.execute(
        () ->
            loop.start(
                () -> {
                  virtual.complete(Thread.currentThread().isVirtual());
                  inEventLoop.complete(loop.eventLoop().inEventLoop() || loop.isCurrent());
                  knows.complete(loop.equals(Loop.ofCurrentThread()));
                },
                false));

    assertThat(await(virtual)).isTrue();
    assertThat(await(inEventLoop)).isFalse();
    assertThat(await(knows)).isTrue();
    assertThat(Loop.ofCurrentThread()).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void handsWorkToTheLoopParksAndIsResumedByIt(boolean onLoops) throws Exception {
    Loop loop = loop(onLoops);
    CompletableFuture<List<Integer>> seen = new CompletableFuture<>();

    loop.execute(
        () ->
            loop.start(
                () -> {
                  List<Integer> answers = new ArrayList<>();
                  for (int i = 0; i < 1000; i++) {
                    answers.add(Question.ask(loop, i));
                  }
                  seen.complete(answers);
                },
                false));

    assertThat(await(seen)).hasSize(1000).startsWith(0, 2, 4).endsWith(1998);
  }

  /** Something only the loop can answer. */
  private static final class Question {
    private final Thread asking = Thread.currentThread();
    private volatile int answer = -1;

    static int ask(Loop loop, int number) {
      Question question = new Question();
      loop.handOver(
          () -> {
            question.answer = loop.isCurrent() ? number * 2 : -2;
            LockSupport.unpark(question.asking);
          });
      while (question.answer == -1) {
        LockSupport.park();
      }
      return question.answer;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void runsManyThatWaitForEachOther(boolean onLoops) throws Exception {
    Loop loop = loop(onLoops);
    ReentrantLock lock = new ReentrantLock();
    Object monitor = new Object();
    int[] count = new int[2];
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();

    loop.execute(
        () -> {
          for (int i = 0; i < 50; i++) {
            loop.start(
                () -> {
                  for (int n = 0; n < 20; n++) {
                    lock.lock();
                    try {
                      int before = count[0];
                      Question.ask(loop, 1);
                      count[0] = before + 1;
                    } finally {
                      lock.unlock();
                    }
                    synchronized (monitor) {
                      int before = count[1];
                      Question.ask(loop, 1);
                      count[1] = before + 1;
                    }
                  }
                  ends.add("end");
                },
                false);
          }
        });

    for (int i = 0; i < 50; i++) {
      assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
    }
    assertThat(count).containsExactly(1000, 1000);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @SuppressWarnings("ThreadPriorityCheck")
  void aThreadThatOnlyYieldsDoesNotHoldUpItsLoop(boolean onLoops) throws Exception {
    Loop loop = loop(onLoops);
    CompletableFuture<Boolean> stop = new CompletableFuture<>();
    CompletableFuture<Boolean> timerRan = new CompletableFuture<>();
    CompletableFuture<Boolean> ended = new CompletableFuture<>();

    loop.execute(
        () -> {
          loop.start(
              () -> {
                while (!stop.isDone()) {
                  Thread.yield();
                }
                ended.complete(true);
              },
              false);
          var _ =
              loop.eventLoop().schedule(() -> timerRan.complete(true), 20, TimeUnit.MILLISECONDS);
        });

    assertThat(await(timerRan)).isTrue();
    stop.complete(true);
    assertThat(await(ended)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anInterruptEndsAWait(boolean onLoops) throws Exception {
    Loop loop = loop(onLoops);
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    loop.execute(
        () ->
            thread.complete(
                loop.start(
                    () -> {
                      LockSupport.park();
                      interrupted.complete(Thread.currentThread().isInterrupted());
                    },
                    false)));

    Thread request = await(thread);
    loop.execute(request::interrupt);

    assertThat(await(interrupted)).isTrue();
  }

  @Test
  void workThatFailsHarmsNoOther() throws Exception {
    Loop loop = loop(true);
    CompletableFuture<Boolean> after = new CompletableFuture<>();

    loop.execute(
        () ->
            loop.start(
                () -> {
                  loop.handOver(
                      () -> {
                        throw new IllegalStateException("a bug of a test");
                      });
                  loop.handOver(() -> after.complete(true));
                },
                false));

    assertThat(await(after)).isTrue();
  }
}

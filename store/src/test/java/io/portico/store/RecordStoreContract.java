package io.portico.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.portico.gateway.store.ReadTransaction;
import io.portico.gateway.store.RecordKey;
import io.portico.gateway.store.RecordStore;
import io.portico.gateway.store.StoreException;
import io.portico.gateway.store.StoredRecord;
import io.portico.gateway.store.WriteTransaction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link RecordStore} does; each implementation runs it. */
abstract class RecordStoreContract {
  RecordStore store = new MemoryRecordStore();

  /** An empty store of the kind under test. */
  abstract RecordStore open();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void findsWhatWasPut() {
    put("api", "acc", "a", "one");

    assertThat(get("api", "acc", "a")).isEqualTo("one");
    assertThat(get("api", "acc", "b")).isNull();
    assertThat(get("api", "other", "a")).isNull();
    assertThat(get("stage", "acc", "a")).isNull();
  }

  @Test
  void putReplaces() {
    put("api", "acc", "a", "one");
    put("api", "acc", "a", "two");

    assertThat(get("api", "acc", "a")).isEqualTo("two");
    assertThat(ids("api", "acc", "", 10)).containsExactly("a");
  }

  @Test
  void keepsEmptyAndLargeContent() {
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);

    write(change -> change.put(new RecordKey("api", "acc", "empty"), new byte[0]));
    write(change -> change.put(new RecordKey("api", "acc", "large"), large));

    assertThat(bytes("empty")).isEmpty();
    assertThat(bytes("large")).isEqualTo(large);
  }

  private byte @Nullable [] bytes(String id) {
    AtomicReference<byte @Nullable []> found = new AtomicReference<>();
    Boolean _ =
        store.read(
            view -> {
              found.set(view.get(new RecordKey("api", "acc", id)));
              return true;
            });
    return found.get();
  }

  @Test
  void deleteTakesOneRecordAndAnAbsentOneIsNoError() {
    put("api", "acc", "a", "one");
    put("api", "acc", "b", "two");

    write(change -> change.delete(new RecordKey("api", "acc", "a")));
    write(change -> change.delete(new RecordKey("api", "acc", "a")));

    assertThat(ids("api", "acc", "", 10)).containsExactly("b");
  }

  @Test
  void countAndDeleteAllTakeAKindAndParentOnly() {
    put("resource", "api1", "a", "x");
    put("resource", "api1", "b", "x");
    put("resource", "api10", "c", "x");
    put("stage", "api1", "d", "x");

    assertThat(store.<Long>read(view -> view.count("resource", "api1"))).isEqualTo(2);
    write(change -> change.deleteAll("resource", "api1"));

    assertThat(store.<Long>read(view -> view.count("resource", "api1"))).isZero();
    assertThat(ids("resource", "api1", "", 10)).isEmpty();
    assertThat(ids("resource", "api10", "", 10)).containsExactly("c");
    assertThat(ids("stage", "api1", "", 10)).containsExactly("d");
  }

  @Test
  void listsInTheOrderOfCodePointsAfterAnIdUpToALimit() {
    // U+1F600 stands above U+FF5E, though its first UTF-16 unit stands below.
    List<String> ordered = List.of("A", "B", "a", "aa", "b", "é", "～", "😀", "😀a");
    List<String> shuffled = new ArrayList<>(ordered);
    Collections.shuffle(shuffled, new Random(7));
    shuffled.forEach(id -> put("api", "acc", id, id));

    assertThat(ids("api", "acc", "", Integer.MAX_VALUE)).isEqualTo(ordered);
    assertThat(ids("api", "acc", "", 2)).containsExactly("A", "B");
    assertThat(ids("api", "acc", "B", 2)).containsExactly("a", "aa");
    assertThat(ids("api", "acc", "ab", 1)).containsExactly("b");
    assertThat(ids("api", "acc", "～", 5)).containsExactly("😀", "😀a");
    assertThat(ids("api", "acc", "😀a", 5)).isEmpty();
  }

  @Test
  void listsEveryParentOfAKind() {
    put("stage", "api2", "x", "1");
    put("stage", "api1", "y", "2");
    put("stage", "api1", "x", "3");
    put("stage-setting", "api0", "x", "4");
    put("api", "acc", "x", "5");

    List<StoredRecord> all = store.read(view -> view.all("stage"));

    assertThat(all)
        .extracting(record -> record.key().parent() + "/" + record.key().id())
        .containsExactly("api1/x", "api1/y", "api2/x");
    assertThat(all).extracting(record -> text(record.content())).containsExactly("3", "2", "1");
  }

  @Test
  void aWriterSeesItsOwnChanges() {
    put("api", "acc", "a", "one");

    write(
        change -> {
          change.put(new RecordKey("api", "acc", "b"), content("two"));
          change.delete(new RecordKey("api", "acc", "a"));
          assertThat(change.list("api", "acc", "", 10))
              .extracting(record -> record.key().id())
              .containsExactly("b");
          assertThat(change.all("api")).hasSize(1);
          assertThat(change.get(new RecordKey("api", "acc", "a"))).isNull();
        });
  }

  @Test
  void aWriteThatThrowsChangesNothingAndItsExceptionGoesOn() {
    put("api", "acc", "a", "one");
    IllegalStateException thrown = new IllegalStateException("refused");
    List<String> ran = new ArrayList<>();

    Throwable seen =
        catchThrowable(
            () ->
                write(
                    change -> {
                      change.put(new RecordKey("api", "acc", "a"), content("changed"));
                      change.put(new RecordKey("api", "acc", "b"), content("new"));
                      change.afterCommit(() -> ran.add("action"));
                      throw thrown;
                    }));

    assertThat(seen).isSameAs(thrown);
    assertThat(get("api", "acc", "a")).isEqualTo("one");
    assertThat(get("api", "acc", "b")).isNull();
    assertThat(ran).isEmpty();
    put("api", "acc", "c", "the store still works");
    assertThat(ids("api", "acc", "", 10)).containsExactly("a", "c");
  }

  @Test
  void anErrorRollsBackToo() {
    assertThatThrownBy(
            () ->
                write(
                    change -> {
                      change.put(new RecordKey("api", "acc", "a"), content("x"));
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(StackOverflowError.class);

    assertThat(get("api", "acc", "a")).isNull();
  }

  @Test
  void aReaderKeepsItsViewWhileAWriteCommits() {
    put("api", "acc", "a", "one");

    Boolean consistent =
        store.read(
            view -> {
              String before = String.valueOf(text(view.get(new RecordKey("api", "acc", "a"))));
              put("api", "acc", "a", "two");
              put("api", "acc", "b", "new");
              String after = String.valueOf(text(view.get(new RecordKey("api", "acc", "a"))));
              return before.equals(after) && view.list("api", "acc", "", 10).size() == 1;
            });

    assertThat(consistent).isTrue();
    assertThat(ids("api", "acc", "", 10)).containsExactly("a", "b");
  }

  @Test
  void whatIsNotCommittedIsNotSeen() {
    write(
        change -> {
          change.put(new RecordKey("api", "acc", "a"), content("x"));
          assertThat(get("api", "acc", "a")).isNull();
        });

    assertThat(get("api", "acc", "a")).isEqualTo("x");
  }

  @Test
  void afterCommitRunsWhenTheChangeIsThereAndInCommitOrder() throws Exception {
    List<Integer> committed = new ArrayList<>();
    List<Integer> published = new ArrayList<>();

    inParallel(
        8,
        thread -> {
          for (int i = 0; i < 20; i++) {
            write(
                change -> {
                  int number = committed.size();
                  committed.add(number);
                  String id = "n" + number;
                  change.put(new RecordKey("api", "acc", id), content(id));
                  change.afterCommit(
                      () -> {
                        assertThat(get("api", "acc", id)).isEqualTo(id);
                        assertThat(committed).hasSize(number + 1);
                        published.add(number);
                      });
                });
          }
        });

    assertThat(published).hasSize(160).isSorted();
  }

  @Test
  void aFailingActionLeavesTheChangeAndTheOtherActions() {
    List<String> ran = new ArrayList<>();

    assertThatThrownBy(
            () ->
                write(
                    change -> {
                      change.put(new RecordKey("api", "acc", "a"), content("x"));
                      change.afterCommit(
                          () -> {
                            throw new IllegalStateException("first");
                          });
                      change.afterCommit(() -> ran.add("second"));
                    }))
        .hasMessage("first");

    assertThat(get("api", "acc", "a")).isEqualTo("x");
    assertThat(ran).containsExactly("second");
  }

  @Test
  void writersRunOneAfterAnother() throws Exception {
    put("counter", "acc", "n", "0");

    inParallel(
        6,
        thread -> {
          for (int i = 0; i < 25; i++) {
            write(
                change -> {
                  RecordKey key = new RecordKey("counter", "acc", "n");
                  int value = Integer.parseInt(String.valueOf(text(change.get(key))));
                  change.put(key, content(String.valueOf(value + 1)));
                });
          }
        });

    assertThat(get("counter", "acc", "n")).isEqualTo("150");
  }

  @Test
  void readersSeeWholeTransactionsOnly() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    inParallel(
        5,
        thread -> {
          if (thread == 0) {
            for (int i = 0; i < 100; i++) {
              String value = "v" + i;
              write(
                  change -> {
                    change.put(new RecordKey("api", "acc", "left"), content(value));
                    change.put(new RecordKey("api", "acc", "right"), content(value));
                  });
            }
            done.countDown();
          } else {
            while (done.getCount() > 0) {
              List<StoredRecord> both = store.read(view -> view.list("api", "acc", "", 10));
              assertThat(both.stream().map(record -> text(record.content())).distinct())
                  .hasSizeLessThan(2);
            }
          }
        });
  }

  @Test
  void aReadWithinAReadIsAllowed() {
    put("api", "acc", "a", "one");

    Boolean both =
        store.read(
            outer -> {
              Boolean inner =
                  store.read(view -> view.get(new RecordKey("api", "acc", "a")) != null);
              return inner && outer.get(new RecordKey("api", "acc", "a")) != null;
            });

    assertThat(both).isTrue();
  }

  @Test
  void aWriteWithinAWriteIsRefused() {
    assertThatThrownBy(() -> write(change -> put("api", "acc", "a", "x")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("within a write transaction");
    assertThat(get("api", "acc", "a")).isNull();
  }

  @Test
  void aTransactionThatHasEndedIsOfNoUse() {
    AtomicReference<@Nullable ReadTransaction> reader = new AtomicReference<>();
    AtomicReference<@Nullable WriteTransaction> writer = new AtomicReference<>();
    write(writer::set);
    Boolean _ =
        store.read(
            view -> {
              reader.set(view);
              return true;
            });
    ReadTransaction oldReader = Objects.requireNonNull(reader.get());
    WriteTransaction oldWriter = Objects.requireNonNull(writer.get());

    assertThatThrownBy(() -> oldReader.all("api")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> oldWriter.put(new RecordKey("api", "acc", "a"), content("x")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> oldWriter.afterCommit(() -> {}))
        .isInstanceOf(IllegalStateException.class);
    assertThat(get("api", "acc", "a")).isNull();
  }

  @Test
  void refusesAKeyThatIsNoText() {
    for (String id : List.of("", "\ud800", "a\udc00b", "nul\0")) {
      assertThatThrownBy(() -> put("api", "acc", id, "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(ids("api", "acc", "", 10)).isEmpty();
  }

  @Test
  void isOfNoUseOnceClosed() {
    store.close();
    store.close();

    assertThatThrownBy(() -> put("api", "acc", "a", "x"))
        .isInstanceOf(StoreException.class)
        .hasMessage("the store is closed");
    assertThatThrownBy(() -> get("api", "acc", "a"))
        .isInstanceOf(StoreException.class)
        .hasMessage("the store is closed");
  }

  @Test
  void behavesAsASortedMapDoes() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TreeMap<String, String> expected = new TreeMap<>();
    for (int round = 0; round < 120; round++) {
      boolean fails = random.nextInt(5) == 0;
      TreeMap<String, String> changed = new TreeMap<>(expected);
      Consumer<WriteTransaction> work =
          change -> {
            for (int i = random.nextInt(12); i > 0; i--) {
              String id = "id" + random.nextInt(60);
              RecordKey key = new RecordKey("api", "acc", id);
              if (random.nextInt(3) == 0) {
                change.delete(key);
                changed.remove(id);
              } else {
                change.put(key, content(id + i));
                changed.put(id, id + i);
              }
            }
            if (random.nextInt(25) == 0) {
              change.deleteAll("api", "acc");
              changed.clear();
            }
            if (fails) {
              throw new IllegalStateException("on purpose");
            }
          };
      if (fails) {
        assertThatThrownBy(() -> write(work)).hasMessage("on purpose");
      } else {
        write(work);
        expected = changed;
      }
      List<StoredRecord> records = store.read(view -> view.list("api", "acc", "", 1000));
      assertThat(records)
          .as("seed %d, round %d", seed, round)
          .extracting(record -> record.key().id() + "=" + text(record.content()))
          .containsExactlyElementsOf(
              expected.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList());
    }
  }

  final void put(String kind, String parent, String id, String value) {
    write(change -> change.put(new RecordKey(kind, parent, id), content(value)));
  }

  final void write(Consumer<WriteTransaction> work) {
    Boolean _ =
        store.write(
            change -> {
              work.accept(change);
              return true;
            });
  }

  final @Nullable String get(String kind, String parent, String id) {
    AtomicReference<@Nullable String> found = new AtomicReference<>();
    Boolean _ =
        store.read(
            view -> {
              found.set(text(view.get(new RecordKey(kind, parent, id))));
              return true;
            });
    return found.get();
  }

  private List<String> ids(String kind, String parent, String after, int limit) {
    return store.read(view -> view.list(kind, parent, after, limit)).stream()
        .map(record -> record.key().id())
        .toList();
  }

  static byte[] content(String text) {
    return text.getBytes(UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] content) {
    return content == null ? null : new String(content, UTF_8);
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  private static void inParallel(int threads, Work work) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        calls.add(
            () -> {
              work.run(thread);
              return true;
            });
      }
      for (Future<Boolean> future : executor.invokeAll(calls, 60, TimeUnit.SECONDS)) {
        assertThat(future.get()).isTrue();
      }
    }
  }
}

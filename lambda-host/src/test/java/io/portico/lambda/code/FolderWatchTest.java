package io.portico.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderWatchTest {
  private static final long PATIENCE_SECONDS = 20;

  @TempDir Path temporary = Path.of("");
  private final BlockingQueue<Path> changes = new LinkedBlockingQueue<>();
  private final FolderWatch watch = new FolderWatch(changes::add);
  private Path folder = Path.of("");

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temporary.resolve("dist"));
    Files.writeString(folder.resolve("index.js"), "1");
  }

  @AfterEach
  void end() {
    watch.close();
  }

  private void awaitChange(Path changed) throws InterruptedException {
    assertThat(changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(changed);
  }

  /** Writes until it is noticed: what was noticed before may still be told of. */
  private void assertThatWritingIsNoticed(Path file) throws Exception {
    changes.clear();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Path noticed = null;
    while (noticed == null && System.nanoTime() < deadline) {
      Files.writeString(file, String.valueOf(System.nanoTime()));
      noticed = changes.poll(1, TimeUnit.SECONDS);
    }
    assertThat(noticed).isEqualTo(folder);
  }

  @Test
  void aChangedFileIsNoticed() throws Exception {
    watch.add(folder);

    Files.writeString(folder.resolve("index.js"), "2");

    awaitChange(folder);
  }

  @Test
  void aFileInANewFolderIsNoticed() throws Exception {
    watch.add(folder);
    Path inner = Files.createDirectory(folder.resolve("lib"));
    awaitChange(folder);

    assertThatWritingIsNoticed(inner.resolve("part.js"));
  }

  @Test
  void aFolderThatIsDeletedAndMadeAgainIsStillWatched() throws Exception {
    watch.add(folder);

    Trees.delete(folder);
    Files.createDirectory(folder);
    awaitChange(folder);

    assertThatWritingIsNoticed(folder.resolve("index.js"));
  }

  @Test
  void oneThatIsMadeAgainLaterIsWatchedThen() throws Exception {
    watch.add(folder);
    Trees.delete(folder);
    awaitChange(folder);
    changes.clear();

    Files.createDirectory(folder);
    awaitChange(folder);

    assertThatWritingIsNoticed(folder.resolve("index.js"));
  }

  @Test
  void anotherFolderInItsPlaceIsNoticed() throws Exception {
    watch.add(folder);
    Path other = Files.createDirectory(temporary.resolve("dist.new"));

    Files.move(folder, temporary.resolve("dist.old"));
    Files.move(other, folder);
    awaitChange(folder);

    assertThatWritingIsNoticed(folder.resolve("index.js"));
  }

  @Test
  void aLinkThatIsTurnedIsNoticed() throws Exception {
    Path one = Files.createDirectory(temporary.resolve("one"));
    Path two = Files.createDirectory(temporary.resolve("two"));
    folder = Files.createSymbolicLink(temporary.resolve("current"), one);
    watch.add(folder);
    assertThatWritingIsNoticed(one.resolve("index.js"));

    Files.delete(folder);
    Files.createSymbolicLink(folder, two);
    awaitChange(folder);

    assertThatWritingIsNoticed(two.resolve("index.js"));
  }

  @Test
  void aFolderWithinAnotherIsNoticedAsBoth() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("lib"));
    watch.add(folder);
    watch.add(inner);

    Files.writeString(inner.resolve("part.js"), "1");

    Set<Path> noticed = new HashSet<>();
    noticed.add(changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    noticed.add(changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertThat(noticed).containsExactlyInAnyOrder(folder, inner);
  }

  @Test
  void oneThatIsDroppedIsNotWatchedAnyMore() throws Exception {
    Path other = Files.createDirectory(temporary.resolve("other"));
    watch.add(other);
    watch.add(folder);

    watch.keepOnly(Set.of(folder));
    Files.writeString(other.resolve("index.js"), "2");
    Trees.delete(other);
    // What came before would be told of before.
    assertThatWritingIsNoticed(folder.resolve("index.js"));

    assertThat(changes).doesNotContain(other);
  }

  @Test
  void oneWithinAnotherStaysWatchedWhenThatIsDropped() throws Exception {
    Path outer = folder;
    folder = Files.createDirectory(folder.resolve("lib"));
    watch.add(outer);
    watch.add(folder);

    watch.keepOnly(Set.of(folder));

    assertThatWritingIsNoticed(folder.resolve("part.js"));
    assertThat(changes).doesNotContain(outer);
  }
}

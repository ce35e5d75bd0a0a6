package io.portico.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.Zips;
import io.portico.lambda.model.CodeRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CodeStoreTest {
  @TempDir Path temporary = Path.of("");
  private Path folder = Path.of("");

  @BeforeEach
  void make() {
    folder = temporary.resolve("code");
  }

  @Test
  void whatIsRunIsClosedToWriting() throws Exception {
    CodeStore store = new CodeStore(folder);
    CodeRecord code = store.keep(Zips.of(Map.of("index.js", "1", "lib/part.js", "2"))).code();

    Path prepared = store.prepared(code);

    try (Stream<Path> all = Files.walk(prepared)) {
      assertThat(all.toList())
          .hasSize(4)
          .allSatisfy(
              path ->
                  assertThat(Files.getPosixFilePermissions(path))
                      .doesNotContain(
                          PosixFilePermission.OWNER_WRITE,
                          PosixFilePermission.GROUP_WRITE,
                          PosixFilePermission.OTHERS_WRITE));
    }
  }

  @Test
  void aProgramStaysOne() throws Exception {
    CodeStore store = new CodeStore(folder);

    Path prepared = store.prepared(store.keep(Zips.ofProgram("bootstrap", "#!/bin/sh\n")).code());

    assertThat(PosixFilePermissions.toString(permissions(prepared.resolve("bootstrap"))))
        .isEqualTo("r-xr-xr-x");
  }

  private static Set<PosixFilePermission> permissions(Path path) throws IOException {
    return Files.getPosixFilePermissions(path);
  }

  @Test
  void whatWasUnpackedIsDeletedThoughItIsClosed() throws Exception {
    CodeStore store = new CodeStore(folder);
    CodeRecord code = store.keep(Zips.of("lib/index.js", "1")).code();
    Path prepared = store.prepared(code);

    store.deletePrepared();

    assertThat(prepared).doesNotExist();
    assertThat(store.zip(code)).exists();
  }

  @Test
  void theNextProcessUnpacksItAnewAndDeletesWhatNobodyHas() throws Exception {
    CodeStore before = new CodeStore(folder);
    CodeRecord code = before.keep(Zips.of("lib/index.js", "1")).code();
    CodeRecord unused = before.keep(Zips.of("lib/index.js", "2")).code();
    Path prepared = before.prepared(code);
    Path other = before.prepared(unused);
    Path file = prepared.resolve("lib/index.js");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.writeString(file, "tampered with");

    CodeStore next = new CodeStore(folder);
    next.keepOnly(Set.of(code.sha256()));

    assertThat(List.of(other, next.zip(unused))).noneMatch(Files::exists);
    assertThat(next.prepared(code).resolve("lib/index.js")).hasContent("1");
  }

  private static Set<Path> deleteUnused(CodeStore store, Set<String> named, Path... running)
      throws IOException {
    return store.deleteUnused(() -> named, Set.of(running));
  }

  @Test
  void whatIsNeitherNamedNorRunsIsDeleted() throws Exception {
    CodeStore store = new CodeStore(folder);
    CodeRecord named = kept(store, "1");
    CodeRecord running = kept(store, "2");
    CodeRecord unused = kept(store, "3");
    Path prepared = store.prepared(named);
    Path runs = store.prepared(running).toAbsolutePath();
    Path gone = store.prepared(unused);

    Set<Path> left = deleteUnused(store, Set.of(named.sha256()), runs);

    assertThat(List.of(store.zip(named), prepared, runs)).allMatch(Files::exists);
    assertThat(List.of(store.zip(running), store.zip(unused), gone)).noneMatch(Files::exists);
    assertThat(left).containsExactly(runs);
    assertThat(deleteUnused(store, Set.of(named.sha256()))).isEmpty();
    assertThat(runs).doesNotExist();
  }

  /** Code that no call has under way. */
  private static CodeRecord kept(CodeStore store, String content) throws Exception {
    try (Kept kept = store.keep(Zips.of("lib/index.js", content))) {
      return kept.code();
    }
  }

  @Test
  void whatACallHasBroughtStaysUntilItHasEnded() throws Exception {
    CodeStore store = new CodeStore(folder);
    byte[] same = Zips.of("lib/index.js", "1");
    Kept first = store.keep(same);
    Kept second = store.keep(same);
    Path zip = store.zip(first.code());

    deleteUnused(store, Set.of());
    assertThat(zip).exists();
    first.close();
    deleteUnused(store, Set.of());
    assertThat(zip).exists();

    second.close();
    deleteUnused(store, Set.of());
    assertThat(zip).doesNotExist();
  }

  /** Its record may have come just after records were read. */
  @Test
  void whatACallBringsWhileUnusedCodeIsLookedForStays() throws Exception {
    CodeStore store = new CodeStore(folder);
    List<CodeRecord> brought = new ArrayList<>();

    store.deleteUnused(
        () -> {
          try {
            brought.add(kept(store, "1"));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return Set.of();
        },
        Set.of());

    Path zip = store.zip(brought.getFirst());
    assertThat(zip).exists();
    deleteUnused(store, Set.of());
    assertThat(zip).doesNotExist();
  }
}

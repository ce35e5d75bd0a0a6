package io.portico.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.Zips;
import io.portico.lambda.model.CodeRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
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
    CodeRecord code = store.keep(Zips.of(Map.of("index.js", "1", "lib/part.js", "2")));

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

    Path prepared = store.prepared(store.keep(Zips.ofProgram("bootstrap", "#!/bin/sh\n")));

    assertThat(PosixFilePermissions.toString(permissions(prepared.resolve("bootstrap"))))
        .isEqualTo("r-xr-xr-x");
  }

  private static Set<PosixFilePermission> permissions(Path path) throws IOException {
    return Files.getPosixFilePermissions(path);
  }

  @Test
  void whatWasUnpackedIsDeletedThoughItIsClosed() throws Exception {
    CodeStore store = new CodeStore(folder);
    CodeRecord code = store.keep(Zips.of("lib/index.js", "1"));
    Path prepared = store.prepared(code);

    store.deletePrepared();

    assertThat(prepared).doesNotExist();
    assertThat(store.zip(code)).exists();
  }

  @Test
  void theNextProcessUnpacksItAnewAndDeletesWhatNobodyHas() throws Exception {
    CodeStore before = new CodeStore(folder);
    CodeRecord code = before.keep(Zips.of("lib/index.js", "1"));
    CodeRecord unused = before.keep(Zips.of("lib/index.js", "2"));
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
}

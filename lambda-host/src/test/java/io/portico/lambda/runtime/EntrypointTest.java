package io.portico.lambda.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EntrypointTest {
  private static final String NAME = "/var/task/bootstrap";

  /** SPARC, which no JVM of today runs on under a name that is looked for. */
  private static final int ANOTHER_MACHINE = 43;

  @TempDir private Path folder;

  private Path program(byte[] content) throws IOException {
    Path program = Files.write(folder.resolve("bootstrap"), content);
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path program(String text) throws IOException {
    return program(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Entrypoint of(Path program) throws IOException {
    return Entrypoint.of(program, NAME, Files::exists);
  }

  private static int ownMachine() {
    return System.getProperty("os.arch").equals("aarch64") ? 183 : 62;
  }

  /** The head of a program with one entry, which names the loader of its libraries. */
  private static byte[] elf(int machine, String loader) {
    byte[] path = (loader + "\0").getBytes(StandardCharsets.UTF_8);
    ByteBuffer elf = ByteBuffer.allocate(120 + path.length).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    elf.putShort(16, (short) 2).putShort(18, (short) machine).putLong(32, 64);
    elf.putShort(54, (short) 56).putShort(56, (short) 1);
    elf.putInt(64, 3).putLong(64 + 8, 120).putLong(64 + 32, path.length);
    elf.put(120, path);
    return elf.array();
  }

  @Test
  void aProgramOrAScriptOfThisMachineIsOne() throws IOException {
    assertThat(of(program("#!/bin/sh\nexit 0\n")).doubt()).isEmpty();
    assertThat(of(program("#! /bin/sh -e\n")).doubt()).isEmpty();
    assertThat(of(Path.of("/bin/sh").toRealPath()).doubt()).isEmpty();
    assertThat(of(program(elf(ownMachine(), "/bin/sh"))).doubt()).isEmpty();
  }

  @Test
  void aFileThatMayNotBeExecutedIsNone() throws IOException {
    Path program = program("#!/bin/sh\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> of(program))
        .hasMessage("fork/exec /var/task/bootstrap: permission denied");
    assertThatThrownBy(() -> of(folder))
        .hasMessage("fork/exec /var/task/bootstrap: permission denied");
  }

  @Test
  void aScriptWhoseInterpreterIsMissingIsNone() throws IOException {
    for (String script : new String[] {"#!/no/such/sh\n", "#!/bin/sh\r\nexit 0\r\n"}) {
      Path program = program(script);

      assertThatThrownBy(() -> of(program))
          .as(script)
          .hasMessage("fork/exec /var/task/bootstrap: no such file or directory");
    }
  }

  @Test
  void aProgramWhoseLoaderIsMissingIsNone() throws IOException {
    Path program = program(elf(ownMachine(), "/lib/ld-of-another-libc.so.1"));

    assertThatThrownBy(() -> of(program))
        .hasMessage("fork/exec /var/task/bootstrap: no such file or directory");
  }

  @Test
  void whatIsNeitherIsNone() throws IOException {
    for (String content : new String[] {"exit 0\n", "", "PK\003\004", "#!\n"}) {
      Path program = program(content);

      assertThatThrownBy(() -> of(program))
          .as(content)
          .hasMessage("fork/exec /var/task/bootstrap: exec format error");
    }
  }

  @Test
  void aProgramForAnotherProcessorIsInDoubt() throws IOException {
    assertThat(of(program(elf(ANOTHER_MACHINE, "/lib/ld-of-another-machine.so.1"))).doubt())
        .contains("fork/exec /var/task/bootstrap: exec format error");
  }

  @Test
  void aProgramThatIsCutShortIsLeftToTheKernel() throws IOException {
    byte[] elf = elf(ownMachine(), "/bin/sh");
    ByteBuffer.wrap(elf).order(ByteOrder.LITTLE_ENDIAN).putLong(32, Long.MAX_VALUE);

    assertThat(of(program(elf)).doubt()).isEmpty();
  }
}

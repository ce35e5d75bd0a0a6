package io.portico.lambda.isolation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The root folder that isolated functions find: programs and libraries of the machine, as many
 * settings as they need, and AWS's own folders. It has the places where the machine's are mounted,
 * and hardly a file of its own; all functions share it.
 */
final class RootFolder {
  /** What the machine's own root goes to while it is left. */
  static final String LEFT = "/mnt";

  /** Of layers; some machines have programs there as well. */
  private static final String OPT = "/opt";

  private static final List<String> PROGRAMS =
      List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

  /** Those that C libraries, TLS and interpreters read; no keys and no accounts. */
  private static final List<String> SETTINGS =
      List.of(
          "/etc/alternatives",
          "/etc/ca-certificates",
          "/etc/crypto-policies",
          "/etc/gai.conf",
          "/etc/host.conf",
          "/etc/hosts",
          "/etc/ld.so.cache",
          "/etc/ld.so.conf",
          "/etc/ld.so.conf.d",
          "/etc/localtime",
          "/etc/mime.types",
          "/etc/nsswitch.conf",
          "/etc/os-release",
          "/etc/pki/ca-trust",
          "/etc/pki/tls/cert.pem",
          "/etc/pki/tls/certs",
          "/etc/protocols",
          "/etc/resolv.conf",
          "/etc/services",
          "/etc/ssl/cert.pem",
          "/etc/ssl/certs",
          "/etc/ssl/openssl.cnf");

  private static final String JDK_SETTINGS = "java-*";

  private static final List<String> DEVICES =
      List.of("/dev/full", "/dev/null", "/dev/random", "/dev/urandom", "/dev/zero");

  /** By these, one who is root outside would change the kernel. */
  private static final List<String> KERNEL_SETTINGS =
      List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

  private static final List<String> PLACES =
      List.of("/dev", LEFT, OPT, "/proc", "/run", "/tmp", "/var/runtime", "/var/task");

  // AWS: the name is recorded, facts INV-16; the numbers are those that functions' own listings
  // show, source: inferred.
  private static final String ACCOUNTS =
      """
      root:x:0:0:root:/:/sbin/nologin
      sbx_user1051:x:%s:%s::/home/sbx_user1051:/sbin/nologin
      nobody:x:65534:65534:Nobody:/:/sbin/nologin
      """
          .formatted(Namespaces.USER, Namespaces.GROUP);

  private static final String GROUPS =
      """
      root:x:0:
      sbx_user1051:x:%s:
      nobody:x:65534:
      """
          .formatted(Namespaces.GROUP);

  private final Path folder;
  private final MountTable mounts;
  private final List<Path> covered = new ArrayList<>();

  /**
   * Makes it.
   *
   * @param folder that is not there yet
   */
  RootFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder).toRealPath();
    this.mounts = new MountTable(this.folder);
    mounts.readOnly(this.folder, "");
    for (String place : PLACES) {
      Files.createDirectories(at(place));
    }
    for (String programs : PROGRAMS) {
      addPrograms(Path.of(programs));
    }
    Files.createDirectories(at("/etc"));
    for (String settings : SETTINGS) {
      addSettings(Path.of(settings));
    }
    try (DirectoryStream<Path> jdks = Files.newDirectoryStream(Path.of("/etc"), JDK_SETTINGS)) {
      for (Path settings : jdks) {
        addSettings(settings);
      }
    }
    Files.writeString(at("/etc/passwd"), ACCOUNTS);
    Files.writeString(at("/etc/group"), GROUPS);
    for (String device : DEVICES) {
      Files.createFile(at(device));
      mounts.device(Path.of(device), device);
    }
    Files.createSymbolicLink(at("/dev/fd"), Path.of("/proc/self/fd"));
    Files.createSymbolicLink(at("/dev/stdin"), Path.of("/proc/self/fd/0"));
    Files.createSymbolicLink(at("/dev/stdout"), Path.of("/proc/self/fd/1"));
    Files.createSymbolicLink(at("/dev/stderr"), Path.of("/proc/self/fd/2"));
    mounts.fileSystem("proc", "/proc", "nosuid,nodev,noexec");
    for (String settings : KERNEL_SETTINGS) {
      if (Files.exists(Path.of(settings))) {
        mounts.readOnly(at(settings), settings);
      }
    }
  }

  /** On most machines, all but the first are links into it. */
  private void addPrograms(Path programs) throws IOException {
    if (Files.isSymbolicLink(programs)) {
      Files.createSymbolicLink(at(programs.toString()), Files.readSymbolicLink(programs));
      covered.add(programs);
    } else if (Files.isDirectory(programs)) {
      add(programs, programs);
      covered.add(programs);
    }
  }

  private void addSettings(Path settings) throws IOException {
    if (Files.exists(settings)) {
      add(settings.toRealPath(), settings);
    }
  }

  private void add(Path source, Path target) throws IOException {
    place(source, target);
    mounts.readOnly(source, target.toString());
  }

  /** Makes what another file or folder is mounted on. */
  private void place(Path source, Path target) throws IOException {
    Path place = at(target.toString());
    if (Files.isDirectory(source)) {
      Files.createDirectories(place);
      return;
    }
    Files.createDirectories(place.resolveSibling(""));
    try {
      Files.createFile(place);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(place)) {
        throw e;
      }
    }
  }

  Path folder() {
    return folder;
  }

  private Path at(String path) {
    return folder.resolve(path.substring(1));
  }

  /**
   * All mounts of a process.
   *
   * @param needed of the machine, at its own place, as far as it is not there anyhow
   * @param hidden folders that are empty for the process
   */
  String mounts(Folders folders, List<Path> needed, List<Path> hidden) throws IOException {
    MountTable table = mounts.copy();
    Path opt = folders.opt();
    if (opt != null && needed.stream().anyMatch(each -> each.startsWith(OPT))) {
      table.merged(List.of(opt, at(OPT)), OPT);
    } else if (opt != null) {
      table.readOnly(opt, OPT);
    }
    for (Path each : needed) {
      if (covered.stream().noneMatch(each::startsWith)) {
        place(each, each);
        table.readOnly(each, each.toString());
      }
    }
    for (Path each : hidden) {
      if (isSeen(each, needed)) {
        table.fileSystem("tmpfs", each.toString(), "ro,size=4k,nosuid,nodev,noexec");
      }
    }
    table.readOnly(folders.code(), Namespaces.CODE);
    table.readOnly(folders.runtime(), Namespaces.RUNTIME);
    table.writable(folders.temporary(), Namespaces.TEMPORARY);
    return table.text();
  }

  private boolean isSeen(Path path, List<Path> needed) {
    return Files.isDirectory(path)
        && (covered.stream().anyMatch(path::startsWith)
            || needed.stream().anyMatch(path::startsWith));
  }
}

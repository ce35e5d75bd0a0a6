package io.portico.lambda.log;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Log groups as folders, log streams as files in them. */
public final class LogFolder {
  private final Path folder;

  /**
   * @param folder made when the first event comes
   */
  public LogFolder(Path folder) {
    this.folder = folder;
  }

  /** A stream to add events to; its file is made with the first of them. */
  public LogStream stream(String group, String name) {
    return new LogFile(folder(group).resolve(fileName(name) + LogFile.SUFFIX), name);
  }

  private Path folder(String group) {
    return folder.resolve(fileName(group));
  }

  /** Names have slashes, brackets, dollar signs and dots, and none may lead elsewhere. */
  private static String fileName(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("*", "%2A").replace(".", "%2E");
  }
}

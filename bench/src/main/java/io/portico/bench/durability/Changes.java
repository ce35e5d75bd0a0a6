package io.portico.bench.durability;

import io.portico.bench.peer.ControlPlane;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One client's changes to an API: it creates resources, renames some and deletes some, until its
 * server is gone, and keeps what it was told is done.
 */
final class Changes implements Runnable {
  /** Of so many resources, one is renamed and one is deleted. */
  private static final int CYCLE = 5;

  private final ControlPlane server;
  private final String api;
  private final String root;
  private final int client;
  private final Runnable acknowledged;

  private final Set<String> present = new TreeSet<>();

  /** The paths that a change without an answer may have left or taken. */
  private List<String> inDoubt = List.of();

  private long count;

  /**
   * @param acknowledged told of each acknowledged change
   */
  Changes(ControlPlane server, String api, String root, int client, Runnable acknowledged) {
    this.server = server;
    this.api = api;
    this.root = root;
    this.client = client;
    this.acknowledged = acknowledged;
  }

  /** An answer did not come: the server is gone. */
  private static final class GoneException extends Exception {
    GoneException(IOException cause) {
      super(cause);
    }
  }

  @Override
  public void run() {
    try {
      for (int number = 0; ; number++) {
        String path = "/c" + client + "n" + number;
        String id = ControlPlane.id(create(path));
        if (number % CYCLE == 1) {
          rename(id, path, path + "renamed");
        } else if (number % CYCLE == 3) {
          delete(id, path);
        }
      }
    } catch (GoneException e) {
      // As planned: what was under way stays in doubt.
    }
  }

  private String create(String path) throws GoneException {
    String body = "{\"pathPart\": \"" + path.substring(1) + "\"}";
    String answer = change(List.of(path), "POST", root, body);
    present.add(path);
    return answer;
  }

  private void rename(String id, String path, String renamed) throws GoneException {
    String body =
        """
        {"patchOperations": [{"op": "replace", "path": "/pathPart", "value": "%s"}]}"""
            .formatted(renamed.substring(1));
    change(List.of(path, renamed), "PATCH", id, body);
    present.remove(path);
    present.add(renamed);
  }

  private void delete(String id, String path) throws GoneException {
    change(List.of(path), "DELETE", id, "");
    present.remove(path);
  }

  private String change(List<String> paths, String method, String resource, String body)
      throws GoneException {
    inDoubt = paths;
    String answer;
    try {
      answer = server.call(method, "/restapis/" + api + "/resources/" + resource, body);
    } catch (IOException e) {
      throw new GoneException(e);
    }
    inDoubt = List.of();
    count++;
    acknowledged.run();
    return answer;
  }

  /** Acknowledged changes; to be asked for once {@link #run} is over. */
  long count() {
    return count;
  }

  /** What is wrong with the paths that are there now; empty if nothing is. */
  List<String> problems(Set<String> found) {
    List<String> problems = new ArrayList<>();
    for (String path : present) {
      if (!found.contains(path) && !inDoubt.contains(path)) {
        problems.add(path + " of " + api + " is lost");
      }
    }
    for (String path : found) {
      boolean own = path.startsWith("/c" + client + "n");
      if (own && !present.contains(path) && !inDoubt.contains(path)) {
        problems.add(path + " of " + api + " is back");
      }
    }
    if (inDoubt.size() == 2 && found.containsAll(inDoubt)) {
      problems.add("a rename of " + api + " is half done: " + inDoubt);
    }
    return problems;
  }
}

package io.portico.store;

import io.portico.gateway.store.StoreException;
import java.sql.SQLException;
import java.util.List;

/**
 * The numbered steps from an empty database to the schema of this Portico. A database says in
 * {@code user_version} how many it has seen, and in {@code application_id} that it is ours.
 *
 * <p>A released step never changes; a new schema is one more step.
 */
final class Schema {
  /** "Ptco" in ASCII. */
  static final int APPLICATION_ID = 0x5074636f;

  /** Step 1: records by kind, parent and id. */
  static final Schema CURRENT =
      new Schema(
          List.of(
              List.of(
                  """
                  CREATE TABLE record (
                    kind TEXT NOT NULL,
                    parent TEXT NOT NULL,
                    id TEXT NOT NULL,
                    content BLOB NOT NULL,
                    PRIMARY KEY (kind, parent, id)
                  )
                  """)));

  private final List<List<String>> steps;

  /**
   * @param steps the statements of each step
   */
  Schema(List<List<String>> steps) {
    this.steps = steps;
  }

  List<List<String>> steps() {
    return steps;
  }

  int version() {
    return steps.size();
  }

  /**
   * Brings the database to this schema, one transaction a step. Another program's database, or one
   * of a newer Portico, is left as it is.
   *
   * @throws StoreException if the database is not ours or is newer
   */
  void migrate(SqliteConnection connection, String name) throws SQLException {
    int version = connection.pragma("user_version");
    int application = connection.pragma("application_id");
    boolean empty = version == 0 && connection.isEmpty();
    if (application != APPLICATION_ID && !empty) {
      throw new StoreException(name + " is a database, but not one of Portico's", null);
    }
    if (version > version()) {
      throw new StoreException(
          name
              + " has schema version "
              + version
              + ", this Portico knows up to "
              + version()
              + ": start the newer Portico that wrote it",
          null);
    }
    if (connection.pragma("journal_mode=WAL", "wal")) {
      for (int step = version; step < version(); step++) {
        apply(connection, step);
      }
    } else {
      throw new StoreException(name + " cannot keep a write-ahead log on this file system", null);
    }
  }

  private void apply(SqliteConnection connection, int step) throws SQLException {
    connection.begin(true);
    try {
      for (String statement : steps.get(step)) {
        connection.execute(statement);
      }
      connection.execute("PRAGMA application_id=" + APPLICATION_ID);
      connection.execute("PRAGMA user_version=" + (step + 1));
      connection.commit();
    } finally {
      connection.rollbackIfOpen();
    }
  }
}

package io.portico.gateway.store;

import java.util.function.Function;

/** The typed view of a {@link RecordStore}: records in, records out. */
public final class Records {
  private final RecordStore store;
  private final RecordCodec codec = new RecordCodec();

  public Records(RecordStore store) {
    this.store = store;
  }

  /** Runs {@code work} on one consistent view. */
  public <T> T read(Function<RecordReader, T> work) {
    return store.read(transaction -> work.apply(new RecordReader(transaction, codec)));
  }

  /** Runs {@code work} as one atomic, durable change. */
  public <T> T write(Function<RecordWriter, T> work) {
    return store.write(transaction -> work.apply(new RecordWriter(transaction, codec)));
  }
}

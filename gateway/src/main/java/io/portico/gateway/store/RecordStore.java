package io.portico.gateway.store;

import java.util.function.Function;

/**
 * Keeps records. Write transactions run one after another; read transactions run beside them.
 *
 * <p>When {@link #write} returns, its changes survive the death of the process and of the machine
 * (except in the in-memory store, which says so by {@link #durable}). When its work throws, nothing
 * has changed and the exception goes on to the caller.
 */
public interface RecordStore extends AutoCloseable {

  /**
   * @throws StoreException if the store cannot be read
   */
  <T> T read(Function<ReadTransaction, T> work);

  /**
   * @throws StoreException if the store cannot be written; nothing has changed then
   */
  <T> T write(Function<WriteTransaction, T> work);

  /** Whether what was acknowledged survives the process. */
  boolean durable();

  @Override
  void close();
}

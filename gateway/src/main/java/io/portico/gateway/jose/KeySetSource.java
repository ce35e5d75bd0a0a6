package io.portico.gateway.jose;

/** Where an issuer's key set comes from, each time that it is fetched. */
@FunctionalInterface
interface KeySetSource {

  /**
   * @return the document, not looked at yet
   * @throws KeySetException if there is none, or it is too long
   * @throws InterruptedException if the thread need not wait any more
   */
  byte[] fetch() throws KeySetException, InterruptedException;
}

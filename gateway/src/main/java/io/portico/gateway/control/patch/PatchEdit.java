package io.portico.gateway.control.patch;

/** What a row of a table does to a record's tree. */
@FunctionalInterface
public interface PatchEdit {

  /**
   * @throws io.portico.gateway.control.protocol.ServiceException if the value is refused; the whole
   *     call then changes nothing
   */
  void make(PatchChange change);
}

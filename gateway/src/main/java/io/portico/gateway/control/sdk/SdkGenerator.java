package io.portico.gateway.control.sdk;

import io.portico.gateway.control.sdk.contract.ClientContract;

/** Writes an API's client in one language. Keeps no state. */
interface SdkGenerator {

  /**
   * @throws io.portico.gateway.control.protocol.ServiceException if a parameter is missing or is
   *     nothing that the language has
   */
  SdkFiles generate(ClientContract api, SdkParameters parameters);
}

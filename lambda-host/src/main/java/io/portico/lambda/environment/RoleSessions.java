package io.portico.lambda.environment;

import io.portico.gateway.aws.Credentials;
import io.portico.lambda.snapshot.FunctionSnapshot;
import java.io.IOException;

/** Gives functions credentials of the roles they run with. */
public interface RoleSessions {

  /**
   * Credentials for one execution environment of a function, good until they are given back.
   *
   * @throws IOException if its role is none
   */
  Credentials open(FunctionSnapshot function) throws IOException;

  /** Takes them back: they are nobody's then. */
  void close(Credentials credentials);
}

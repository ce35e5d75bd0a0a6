package io.portico.gateway.aws.policy;

import io.portico.gateway.aws.policy.Policy.Effect;

/** Hears what policies say, each as it is asked. */
@FunctionalInterface
public interface PolicyListener {

  /**
   * A policy was asked.
   *
   * @param statement the number of the statement that decides, from 1 on, the first of several; 0
   *     where none says anything
   */
  void said(Policy policy, Effect effect, int statement);
}

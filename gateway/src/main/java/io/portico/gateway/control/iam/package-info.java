/**
 * IAM: roles and policies, one class a family and a method an operation. They belong to an account,
 * whatever the region. They are kept and shown; nothing is allowed or denied by them.
 */
@NullMarked
package io.portico.gateway.control.iam;

import org.jspecify.annotations.NullMarked;

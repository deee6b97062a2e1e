declare const brand: unique symbol;

/** A value that only its parser makes: a plain `Value` is not assignable to it. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };

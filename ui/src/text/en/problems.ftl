problem-invalid-transition = This step no longer fits the order.
problem-not-found = What you are looking for is not there.
problem-forbidden = You may not open this.
problem-payment-in-progress = The payment is under way. Wait a moment.
problem-already-paid = This bill was paid another way.
problem-phone-required = Add and prove your phone number first.

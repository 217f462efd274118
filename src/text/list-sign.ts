/** What stands before an item of a list: a dot or a dash, `3.`, `3)`, `b.`, `(b)`. */
export const listSign = /^(?:[•◦▪‣·●○■□*–—-]|\(?(?:\d{1,3}|\p{Letter})[.)])$/u;
